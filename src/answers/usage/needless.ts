import { listed } from '../../domain/english.ts';
import { hasTrait } from '../../domain/license/user-filter.ts';
import { DIRECT, gives, heldSkus, type UserState } from '../../domain/license/user-state.ts';
import { count } from '../../domain/numerals.ts';
import { isSpared } from '../../domain/spend/account-guess.ts';
import { type AccountFound, accountOf, type SharedNeed, sharedNeed } from '../../domain/spend/needless.ts';
import { canBeWasted, isForResources } from '../../domain/spend/product-kind.ts';
import type { Query } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { makeAnswer, pageTable, text } from '../answer/make-answer.ts';
import { pageOf } from '../answer/paging.ts';
import { createKept } from '../scope/kept.ts';
import { stateRead } from '../words/completeness.ts';
import { namesIn } from '../words/names.ts';

const USERS_AT_ONCE = 500;
const MAX_REMOVALS = 3;

type Row = { user: UserState; skuIds: string[]; account: AccountFound; need: SharedNeed | null };
const MAX_KEPT = 20_000;
const kept = createKept<{ rows: Row[]; apart: Row[]; spared: number }>(({ rows }) => rows.length <= MAX_KEPT);

const KINDS: Readonly<Record<AccountFound['kind'], string>> = {
  person: 'person',
  guest: 'guest',
  shared: 'shared mailbox or device',
  room: 'room or equipment',
  service: 'service account',
  emergency: 'emergency access',
  blocked: 'blocked account',
};

/**
 * Accounts that may not need their license: shared mailboxes, rooms, guests and blocked accounts. What an account is
 * stands with how that is known; service and emergency accounts are apart, and nobody offers to take theirs.
 */
export async function needless(query: Query, deps: AnswerDeps): Promise<Answer> {
  const { store, spend } = deps;
  const tenant = await store.users.tenant();
  const names = namesIn(tenant);
  const { skus, people, accounts } = query;
  const found = await kept.of(store, [skus, people, accounts, [...spend.excluded], await reads(deps)], () =>
    search(query, deps),
  );
  const page = pageOf(found.rows, query, deps);
  const rowOf = ({ user, skuIds, account, need }: Row): string[] => [
    user.displayName,
    listed(skuIds.map(names.product)),
    `${KINDS[account.kind]}${account.certain ? '' : ' (a guess)'}, because ${account.because}`,
    needText(account, need),
  ];
  const byKind = Object.entries(Object.groupBy(found.rows, ({ account }) => account.kind));
  const parts = byKind.map(([kind, some]) =>
    count(
      some.length,
      KINDS[kind as AccountFound['kind']],
      `${KINDS[kind as AccountFound['kind']]}s`.replace('accesss', 'accesses'),
    ),
  );
  return makeAnswer(
    'needless',
    found.rows.length === 0
      ? 'No shared mailbox, room, guest or blocked account has a license that somebody pays for.'
      : `${count(found.rows.length, 'account')} may not need the license: ${listed(parts)}.`,
    {
      blocks: [
        ...pageTable(['Account', 'Products', 'What it is', 'Needs it?'], page.shown.map(rowOf)),
        ...(found.apart.length === 0
          ? []
          : [
              ...text(
                'Apart, as they may need theirs: accounts that look like services or emergency access.',
              ),
              ...pageTable(
                ['Account', 'Products', 'What it is', 'Needs it?'],
                found.apart.slice(0, 25).map(rowOf),
              ),
            ]),
        ...text(
          'A shared mailbox or room needs no license up to 50 GB, without an archive and without a hold. Holds are shown by nothing: look in Exchange first.',
        ),
        ...text(
          found.spared === 0
            ? null
            : `${count(found.spared, 'account')} to be left alone (SPARED_ACCOUNTS) not counted.`,
        ),
      ],
      completeUntil: await stateRead(store, deps),
      next: [...removals(page.shown, names.product), 'unused licenses', 'license cost'],
      ...page.rest,
    },
  );
}

/** Facts change without a scan: with the reads of reports. */
const reads = async ({ store }: AnswerDeps): Promise<unknown> =>
  (await store.usage.reports()).map(({ report, run }) => [report, run]);

function needText({ kind }: AccountFound, need: SharedNeed | null): string {
  if (kind === 'guest') return 'guests mostly work with licenses of their own organisation';
  if (kind === 'blocked') {
    return need === 'too-large' || need === 'archive'
      ? 'may be a shared mailbox that needs it'
      : 'nobody can sign in; its mailbox goes 30 days after the license, unless it is made shared';
  }
  switch (need) {
    case 'too-large':
      return 'yes: its mailbox is over 50 GB';
    case 'archive':
      return 'yes: it has an archive';
    case 'not-seen':
      return 'no, as far as is seen: under 50 GB, no archive';
    default:
      return 'not known: no report tells its size';
  }
}

async function search(
  { skus, people, accounts = [] }: Query,
  { store, spend }: AnswerDeps,
): Promise<{ rows: Row[]; apart: Row[]; spared: number }> {
  const tenant = await store.users.tenant();
  const paid = new Set(tenant.skus.filter(canBeWasted).map(({ skuId }) => skuId));
  const forResources = new Set(tenant.skus.filter(isForResources).map(({ skuId }) => skuId));
  const found = { rows: [] as Row[], apart: [] as Row[], spared: 0 };
  const ids = await store.users.idsOf({ ...(people.length > 0 ? { ids: people } : {}) });
  for (let start = 0; start < ids.length; start += USERS_AT_ONCE) {
    const some = ids.slice(start, start + USERS_AT_ONCE);
    const usages = new Map((await store.usage.byUsers(some)).map((one) => [one.userId, one]));
    for (const { state, removedAt } of await store.users.byIds(some)) {
      const held = [...heldSkus(state)];
      const wanted = held.filter(
        (skuId) => paid.has(skuId) && !forResources.has(skuId) && (skus.length === 0 || skus.includes(skuId)),
      );
      if (removedAt !== null || wanted.length === 0) continue;
      if (!accounts.every((trait) => hasTrait(state, trait))) continue;
      const usage = usages.get(state.id) ?? null;
      const account = accountOf(state, {
        usage,
        purpose: usage?.purpose ?? null,
        holdsResourceProduct: held.some((skuId) => forResources.has(skuId)),
      });
      if (account.kind === 'person') continue;
      if (isSpared(state, spend.excluded)) {
        found.spared++;
        continue;
      }
      const need = account.kind === 'guest' ? null : sharedNeed(usage);
      const row = { user: state, skuIds: wanted, account, need };
      const isApart = account.kind === 'service' || account.kind === 'emergency';
      (isApart ? found.apart : found.rows).push(row);
    }
  }
  return found;
}

/** Only where nothing that is seen speaks against it, and where the license can be taken from the account alone. */
const removals = (shown: readonly Row[], product: (skuId: string) => string): string[] =>
  shown
    .filter(({ need, account }) => account.kind === 'guest' || need === 'not-seen')
    .flatMap(({ user, skuIds }) =>
      skuIds
        .filter((skuId) =>
          user.assignments.every((one) => one.skuId !== skuId || !gives(one) || one.path === DIRECT),
        )
        .map((skuId) => `remove ${product(skuId)} from ${user.userPrincipalName}`),
    )
    .slice(0, MAX_REMOVALS);
