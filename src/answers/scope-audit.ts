import type { AuditEvent, AuditTarget } from '../domain/audit/event.ts';
import type { AnswerStore } from './deps.ts';

/**
 * The audit records that somebody may see who sees only these users: those that were done to one of them, and
 * those that one of them did to nobody in particular. Other people are taken out of a record about several.
 */
export function scopedAudit(
  audit: AnswerStore['audit'],
  users: Pick<AnswerStore['users'], 'all'>,
  sees: ReadonlySet<string>,
): AnswerStore['audit'] {
  let loaded: Promise<ReadonlySet<string>> | null = null;
  const names = (): Promise<ReadonlySet<string>> => {
    loaded ??= signInNames(users);
    return loaded;
  };
  return {
    async find(filter) {
      const { limit } = filter;
      const known = await names();
      const found = new Map<string, AuditEvent>();
      for (let to = filter.to; ; ) {
        const page = await audit.find({ ...filter, to });
        for (const event of page.toReversed()) {
          const narrowed = narrowEvent(event, sees, known);
          if (narrowed) found.set(event.id, narrowed);
        }
        const oldest = page[0];
        // A limit is for what is visible: what was taken out of a full page makes room for older records.
        if (limit === undefined || !oldest || page.length < limit || found.size >= limit) break;
        // Records of the same moment may be on both pages; a page of one moment is not read again.
        to = Math.min(oldest.at + 1, to - 1);
      }
      const newestFirst = [...found.values()].slice(0, limit);
      return newestFirst.toReversed();
    },
    flaws: () => audit.flaws(),
    feeds: () => audit.feeds(),
    coverage: () => audit.coverage(),
    problems: () => audit.problems(),
    lastPurge: () => audit.lastPurge(),
    serviceIssues: (from, to) => audit.serviceIssues(from, to),
  };
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
