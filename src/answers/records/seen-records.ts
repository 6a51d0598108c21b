import { inScope, type Scope } from '../../domain/access/scope.ts';
import type { AuditEvent } from '../../domain/audit/event.ts';
import { viewOf } from '../../domain/detection/records/view-of.ts';
import type { FoundRecord, RecordSearch, SearchCursor, SearchStore } from '../../domain/ports.ts';
import type { AnswerDeps } from '../answer/deps.ts';

/** Of somebody who sees some users only, as many records are looked at. */
const MOST_LOOKED_AT = 5_000;
const AT_ONCE = 500;

/** The newest records that somebody may see, and how many there are in each quarter of an hour. */
export type SeenRecords = {
  records: FoundRecord[];
  quarters: { at: number; records: number }[];
  total: number;
  /** Whether there may be more than `total`. */
  more: boolean;
};

/** @param sees who the asker may see; null is everybody */
export async function seenRecords(
  store: SearchStore,
  search: RecordSearch,
  sees: Scope,
  deps: AnswerDeps,
  wanted: number,
): Promise<SeenRecords> {
  if (sees === null) {
    const quarters = await store.counts(search);
    const total = quarters.reduce((sum, { records }) => sum + records, 0);
    return { records: await store.find(search, wanted, null), quarters, total, more: false };
  }
  const isTheirs = await peopleSeen(sees, deps);
  const records: FoundRecord[] = [];
  let looked = 0;
  let after: SearchCursor | null = null;
  for (;;) {
    const page: FoundRecord[] = await store.find(search, AT_ONCE, after);
    records.push(...page.filter((record) => maySee(record, isTheirs)));
    looked += page.length;
    after = page.at(-1) ?? null;
    if (page.length < AT_ONCE)
      return { records, quarters: asQuarters(records), total: records.length, more: false };
    if (looked >= MOST_LOOKED_AT) break;
  }
  return { records, quarters: asQuarters(records), total: records.length, more: true };
}

const asQuarters = (records: readonly FoundRecord[]): SeenRecords['quarters'] =>
  records.map(({ at }) => ({ at, records: 1 }));

type IsTheirs = (person: { id: string | null; name: string | null }) => boolean;

/**
 * Whether everybody to whom it was done may be seen, the owner of the mailbox among them; of what was done to nobody
 * the one who did it.
 */
function maySee({ event, raw }: FoundRecord, isTheirs: IsTheirs): boolean {
  const owner = viewOf(raw)?.values('MailboxOwnerUPN')?.[0];
  const people = [
    ...event.targets.filter(isPerson),
    ...(typeof owner === 'string' ? [{ id: null, name: owner }] : []),
  ];
  if (people.length > 0) return people.every(isTheirs);
  return event.actor !== null && isTheirs(event.actor);
}

/** Some workloads name people by their address only, as a target of no particular kind. */
const isPerson = ({ kind, name }: AuditEvent['targets'][number]): boolean =>
  kind === 'user' || (name?.includes('@') ?? false);

async function peopleSeen(sees: ReadonlySet<string>, { store }: AnswerDeps): Promise<IsTheirs> {
  const names = new Set<string>();
  for await (const chunk of store.users.all()) {
    for (const { state } of chunk) {
      if (!inScope(sees, state.id)) continue;
      names.add(state.userPrincipalName.toLowerCase());
      if (state.mail) names.add(state.mail.toLowerCase());
    }
  }
  return ({ id, name }) =>
    (id !== null && inScope(sees, id)) || (name !== null && names.has(name.toLowerCase()));
}
