import type { UnitFacts } from '../answers/answer/unit-facts.ts';
import { MINUTE_MS } from '../domain/durations.ts';
import { type AccessReader, TenantReadError } from '../domain/ports.ts';
import type { JobContext } from '../jobs/context.ts';

/** Somebody waits for the answer, ms. */
const ANSWER_WAITS_MS = 10_000;
/** A page turned, or a file made, a little later asks for the same unit again, ms. */
const REMEMBERED_MS = 5 * MINUTE_MS;

/** What answers learn of administrative units from the directory; it never throws TenantReadError. */
export function unitFacts(
  directory: Pick<AccessReader, 'unitNamed' | 'unitMembers'>,
  { clock, log }: Pick<JobContext, 'clock' | 'log'>,
): UnitFacts {
  const known = new Map<string, { at: number; members: ReadonlySet<string> }>();
  return {
    named: (name) => orElse(null, log, directory.unitNamed(name, AbortSignal.timeout(ANSWER_WAITS_MS))),
    async members(unitId) {
      const kept = known.get(unitId);
      if (kept && clock.now() - kept.at < REMEMBERED_MS) return kept.members;
      const read = await orElse(
        null,
        log,
        directory.unitMembers(unitId, AbortSignal.timeout(ANSWER_WAITS_MS)),
      );
      if (read === null) return new Set();
      known.set(unitId, { at: clock.now(), members: read });
      return read;
    },
  };
}

async function orElse<Value>(otherwise: Value, log: JobContext['log'], read: Promise<Value>): Promise<Value> {
  try {
    return await read;
  } catch (error) {
    if (!(error instanceof TenantReadError)) throw error;
    log.warn(
      { code: error.code, reason: error.message },
      'an administrative unit could not be read for an answer',
    );
    return otherwise;
  }
}
