import type { GroupFacts } from '../answers/answer/group-facts.ts';
import { TenantReadError } from '../domain/ports.ts';
import type { JobContext } from '../jobs/context.ts';

/** Somebody waits for the answer, ms. */
const ANSWER_WAITS_MS = 5_000;

/** What answers learn of a group from the directory; it never throws TenantReadError. */
export const groupFacts = ({ reader, log }: Pick<JobContext, 'reader' | 'log'>): GroupFacts => ({
  async now(groupId) {
    try {
      return await reader.groupNow(groupId, AbortSignal.timeout(ANSWER_WAITS_MS));
    } catch (error) {
      return { unread: why(error, log) };
    }
  },
  async named(names) {
    try {
      return await reader.groupsNamed(names, AbortSignal.timeout(ANSWER_WAITS_MS));
    } catch (error) {
      why(error, log);
      return [];
    }
  },
});

function why(error: unknown, log: JobContext['log']): string {
  if (!(error instanceof TenantReadError)) throw error;
  log.warn({ code: error.code, reason: error.message }, 'a group could not be read for an answer');
  return error.message;
}
