import { DAY_MS } from '../../domain/durations.ts';
import { listed } from '../../domain/english.ts';
import type { LicenseChange } from '../../domain/license/change.ts';
import { gives, heldSkus } from '../../domain/license/user-state.ts';
import { count } from '../../domain/numerals.ts';
import type { ExplainedChange, StoredUser } from '../../domain/ports.ts';
import type { Query, TimeRange } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { makeAnswer, pageTable, text, utcOf } from '../answer/make-answer.ts';
import { pageOf } from '../answer/paging.ts';
import { logsFrom, reachOf, wholeRange } from '../scope/reach.ts';
import { formatRange, formatTime } from '../times/times.ts';
import { actorIds, causeText, certaintyText } from '../words/cause-text.ts';
import { AUDITING_OFF, auditingIsOff, completeUntil } from '../words/completeness.ts';
import { loadNames, type Names, thenAndNow, usersById } from '../words/names.ts';
import { concernsGroups } from './find-changes.ts';

/** More are told as "at least": to have all of a longer time, export them. */
const MAX_CHANGES = 5_000;

/** Everybody who got a license in a range (the last seven days when none is said), who gave it, and whether it is still there. */
export async function gainedLicenses(query: Query, deps: AnswerDeps): Promise<Answer> {
  const { store, now } = deps;
  const range = query.range ?? { from: now - (query.days ?? 7) * DAY_MS, to: now };
  const { changes, isAll } = await gainsIn(query, range, deps);
  const names = await loadNames(store);
  const auditingOff = await auditingIsOff(store);
  const { shown, rest } = pageOf(changes, query, deps);
  const users = await usersById(store, [
    ...actorIds(shown),
    ...shown.flatMap(({ change }) => change.userId ?? []),
  ]);
  const people = new Set(changes.map(({ change }) => change.userId));
  const by = query.groups.length > 0 ? ` by ${listed(query.groups.map(names.group), 'or')}` : '';
  const what = query.skus.length > 0 ? listed(query.skus.map(names.product), 'or') : 'a license';
  const asked = query.range !== null || query.days !== null;
  const reach = asked || changes.length === 0 ? await reachOf(range, [], deps) : wholeRange(range);
  const told =
    asked || reach.range !== range ? formatRange(reach.range ?? range, deps) : 'in the last 7 days';
  const who = changes.length === 0 ? 'Nobody' : `${isAll ? '' : 'At least '}${count(people.size, 'user')}`;
  return makeAnswer('gained-licenses', reach.lead(`${who} got ${what}${by} ${told}.`), {
    blocks: [
      ...text(auditingOff ? AUDITING_OFF : null),
      ...text(await logsFrom(range, deps)),
      ...pageTable(
        ['User', 'Got', 'Seen', 'Cause', 'Now'],
        shown.map((change) => {
          const user = users.get(change.change.userId ?? '');
          return [
            thenAndNow(change.change.user?.displayName, user?.state.displayName),
            listed(gainedSkus(change.change).map(names.product)),
            formatTime(change.change.observedAfter, deps),
            shortCause(change, names, auditingOff, users),
            stillThere(change.change, user),
          ];
        }),
      ),
      ...utcOf(
        shown.map(({ change }) => ({
          at: change.observedAfter,
          since: change.observedBefore,
          what: change.user?.displayName ?? 'An account without a name',
        })),
      ),
    ],
    completeUntil: await completeUntil(store, deps),
    next: ['free seats', ...(query.range ? [] : ['who got a license last month']), 'lost licenses this week'],
    ...rest,
  });
}

/** The changes that gave a license, newest first. */
async function gainsIn(
  { people, skus, groups }: Query,
  range: TimeRange,
  { store, now }: AnswerDeps,
): Promise<{ changes: ExplainedChange[]; isAll: boolean }> {
  const asked = {
    from: range.from,
    // A change seen at this very moment belongs to a range that ends now.
    to: range.to === now ? now + 1 : range.to,
    ...(people.length > 0 ? { userIds: people } : {}),
    limit: MAX_CHANGES,
  };
  const [given, restored] = await Promise.all([
    store.changes.find({
      ...asked,
      kinds: ['gained', 'swap'],
      ...(skus.length > 0 ? { skuIds: skus } : {}),
    }),
    store.changes.find({ ...asked, kinds: ['account-restored'] }),
  ]);
  const changes = [...given, ...restored]
    .filter(({ change }) => isGain(change, skus) && concernsGroups(change, groups))
    .toSorted((a, b) => b.change.observedAfter - a.change.observedAfter);
  return { changes, isAll: given.length < MAX_CHANGES && restored.length < MAX_CHANGES };
}

/** What a change gave: of an account that came back, all that it holds. */
export function gainedSkus({ kind, skuId, newSkuId, after }: LicenseChange): string[] {
  if (kind === 'account-restored') return [...new Set(after.filter(gives).map((held) => held.skuId))];
  const given = kind === 'swap' ? newSkuId : kind === 'gained' ? skuId : null;
  return given === null ? [] : [given];
}

/** Whether a change gave one of these products; any, where none is named. */
export const isGain = (change: LicenseChange, skus: readonly string[]): boolean =>
  gainedSkus(change).some((skuId) => skus.length === 0 || skus.includes(skuId));

function shortCause(
  change: ExplainedChange,
  names: Names,
  auditingOff: boolean,
  users: ReadonlyMap<string, StoredUser>,
): string {
  const { verdict } = change;
  // A column has no room for what is not known.
  if (verdict === null || verdict.cause === 'unknown') return certaintyText(verdict);
  return causeText(change, names, auditingOff, users.get(verdict.actor?.id ?? ''));
}

/** Whether the license is still there. */
function stillThere(change: LicenseChange, user: StoredUser | undefined): string {
  if (!user || user.removedAt !== null) return 'account deleted';
  const held = heldSkus(user.state);
  return gainedSkus(change).every((skuId) => held.has(skuId)) ? 'still there' : 'gone again';
}
