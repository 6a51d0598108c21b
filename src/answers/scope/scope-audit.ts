import type { AuditEvent, AuditTarget } from '../../domain/audit/event.ts';
import type { AnswerStore } from '../answer/deps.ts';

type Audit = AnswerStore['audit'];
type Filter = Parameters<Audit['find']>[0];

/**
 * The audit records that somebody may see who sees only these users: those that were done to one of them, and
 * those that one of them did to nobody in particular. Other people are taken out of a record about several.
 */
export function scopedAudit(
  audit: Audit,
  users: Pick<AnswerStore['users'], 'all'>,
  sees: ReadonlySet<string>,
): Audit {
  return {
    async find(filter) {
      const names = await signInNames(users);
      const narrow = (event: AuditEvent): AuditEvent | null => narrowEvent(event, sees, names);
      const mine = [...sees, ...names];
      // A question about nobody in particular is asked about those inside: the archive is found by people.
      const filters: readonly Filter[] =
        filter.targetIds || filter.actorIds
          ? [filter]
          : [
              { ...filter, targetIds: mine },
              { ...filter, actorIds: mine },
            ];
      const found = new Map<string, AuditEvent>();
      for (const one of filters) {
        for (const event of await findVisible(audit, one, narrow)) found.set(event.id, event);
      }
      const oldestFirst = [...found.values()].toSorted((a, b) => a.at - b.at);
      return filter.limit === undefined ? oldestFirst : oldestFirst.slice(-filter.limit);
    },
    flaws: () => audit.flaws(),
    feeds: () => audit.feeds(),
    coverage: () => audit.coverage(),
    problems: () => audit.problems(),
    auditing: () => audit.auditing(),
    silences: () => audit.silences(),
    lastPurge: () => audit.lastPurge(),
    serviceIssues: (from, to) => audit.serviceIssues(from, to),
  };
}

/** A limit is for what is visible: what is taken out of a full page makes room for older records. */
async function findVisible(
  audit: Audit,
  filter: Filter,
  narrow: (event: AuditEvent) => AuditEvent | null,
): Promise<AuditEvent[]> {
  const { limit } = filter;
  const found = new Map<string, AuditEvent>();
  for (let to = filter.to; ; ) {
    const page = await audit.find({ ...filter, to });
    for (const event of page) {
      const visible = narrow(event);
      if (visible) found.set(event.id, visible);
    }
    const [oldest] = page;
    if (limit === undefined || !oldest || page.length < limit || found.size >= limit) break;
    // Records of the oldest moment may be on the next page too; a page of one moment is not read again.
    to = Math.min(oldest.at + 1, to - 1);
  }
  return [...found.values()];
}

/** The record as far as it may be seen; null when it may not. */
function narrowEvent(
  event: AuditEvent,
  sees: ReadonlySet<string>,
  names: ReadonlySet<string>,
): AuditEvent | null {
  const seen = ({ kind, id, name }: { kind: string; id: string | null; name: string | null }): boolean =>
    kind === 'user' && id !== null ? sees.has(id) : names.has(name?.toLowerCase() ?? '');
  const people = event.targets.filter(isPerson);
  const hidden = people.filter((person) => !seen(person));
  if (people.length === 0) return event.actor !== null && seen(event.actor) ? event : null;
  if (hidden.length === people.length) return null;
  if (hidden.length === 0) return event;
  return { ...event, targets: event.targets.filter((target) => !hidden.includes(target)), modified: [] };
}

/** Some workloads name a mailbox by its address only, as a target of no particular kind. */
const isPerson = ({ kind, name }: AuditTarget): boolean => kind === 'user' || (name?.includes('@') ?? false);

/** Under which names records may tell of these users, in lower case. */
async function signInNames(users: Pick<AnswerStore['users'], 'all'>): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  for await (const chunk of users.all()) {
    for (const { state } of chunk) {
      names.add(state.userPrincipalName.toLowerCase());
      if (state.mail) names.add(state.mail.toLowerCase());
    }
  }
  return names;
}
