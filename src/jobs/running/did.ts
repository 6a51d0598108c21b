/** What a run did, in counts and fixed words: the log has one line of it. */
export type Did = Readonly<Record<string, string | number | boolean | null>>;

/** What a job returned, as facts for its line; none where it returned nothing that can be said. */
export function didOf(result: unknown): Did {
  if (typeof result === 'number') return { count: result };
  if (typeof result === 'string') return { outcome: result };
  if (typeof result !== 'object' || result === null || Array.isArray(result)) return {};
  return Object.fromEntries(
    Object.entries(result).filter(
      ([, value]) => value === null || ['string', 'number', 'boolean'].includes(typeof value),
    ),
  );
}

/** Whether a run changed anything: looks for due work mostly find none. */
export const didSomething = (did: Did): boolean =>
  Object.values(did).some((value) => value !== 0 && value !== false && value !== null);
