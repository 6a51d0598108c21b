import { capitalised, listed } from '../../domain/english.ts';
import { type Holding, heldAtFirst } from '../../domain/license/holdings.ts';
import type { ExplainedChange, StoredUser } from '../../domain/ports.ts';
import type { TimelineBlock } from '../answer/answer.ts';
import { causeText, certaintyText } from '../words/cause-text.ts';
import { changeText } from '../words/change-text.ts';
import { type Names, thenAndNow } from '../words/names.ts';

/** One line of a timeline. `since` is the read before, where it was seen between two reads; ms UTC. */
export type Entry = TimelineBlock['entries'][number] & { since?: number };

/** What the sentences of changes are made with. `several`: the person must be named. */
export type ChangeWords = {
  names: Names;
  auditingOff: boolean;
  users: ReadonlyMap<string, StoredUser>;
  several: boolean;
};

/** A change, with who or what was behind it and how sure that is. */
export function changeEntry(
  explained: ExplainedChange,
  { names, auditingOff, users, several }: ChangeWords,
): Entry {
  const { change, verdict } = explained;
  const what = changeText(change, names);
  const now = users.get(change.userId ?? '')?.state.displayName;
  const who = change.userId === null ? '' : thenAndNow(change.user?.displayName, now);
  const cause = causeText(explained, names, auditingOff, users.get(verdict?.actor?.id ?? ''));
  return {
    at: change.observedAfter,
    since: change.observedBefore,
    what: several ? `${who} ${what}`.trim() : capitalised(what),
    detail: withCertainty(cause, certaintyText(verdict)),
  };
}

/** A cause that is not known says so itself. */
const withCertainty = (cause: string, certainty: string): string =>
  cause.startsWith(certainty) ? cause : `${cause} ${certainty}.`;

/**
 * Where the timeline begins: what was there at the first read, of which nobody here knows since when.
 * @param asked the products that are asked about; none: all
 */
export function beginningEntry(
  { state, firstSeenAt }: StoredUser,
  holdings: readonly Holding[],
  names: Names,
  several: boolean,
  datesOf: (held: Holding) => string | null = () => null,
  asked: readonly string[] = [],
): Entry {
  const held = heldAtFirst(holdings).map(
    (one) => `${names.product(one.skuId)} (${[names.path(one.path), datesOf(one) ?? []].flat().join('; ')})`,
  );
  return {
    at: firstSeenAt,
    what: `${several ? `${state.displayName}: first` : 'First'} read of the account`,
    detail:
      held.length > 0
        ? `Held when first read: ${listed(held)}. Held since before I first looked.`
        : `Without ${listed(asked.map(names.product), 'or') || 'a license'} when first read.`,
  };
}

/**
 * When names changed, as far as the changes tell: each keeps the names of its time, so that a new name came between
 * two of them.
 * @param changes all of the person's, newest first
 * @param now ms UTC
 */
export function nameEntries(
  { state }: StoredUser,
  changes: readonly ExplainedChange[],
  now: number,
): Entry[] {
  const known = changes
    .toReversed()
    .flatMap(({ change: { user, observedBefore } }) =>
      user ? [{ displayName: user.displayName, upn: user.userPrincipalName, at: observedBefore }] : [],
    );
  const last = { displayName: state.displayName, upn: state.userPrincipalName, at: now };
  return [...known, last].flatMap((later, index) => {
    const before = index === 0 ? undefined : known[index - 1];
    if (!before || (before.displayName === later.displayName && before.upn === later.upn)) return [];
    const name =
      before.displayName === later.displayName ? [] : [`from ${before.displayName} to ${later.displayName}`];
    const upn = before.upn === later.upn ? [] : [`signs in as ${later.upn}, before as ${before.upn}`];
    return [
      {
        at: later.at,
        since: before.at,
        what: `Renamed: ${[...name, ...upn].join('; ')}`,
        detail: 'Not later than this; when exactly is not kept.',
      },
    ];
  });
}

/** Former names that no change tells of; null when there are none. */
export function undatedNames(
  { formerNames }: StoredUser,
  changes: readonly ExplainedChange[],
): string | null {
  const dated = new Set(
    changes.flatMap(({ change: { user } }) => (user ? [user.displayName, user.userPrincipalName] : [])),
  );
  const others = formerNames.filter((name) => !dated.has(name));
  return others.length === 0 ? null : `Was called ${listed(others)} before; when that changed was not kept.`;
}
