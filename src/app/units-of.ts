import { HOUR_MS } from '../domain/durations.ts';
import type { AccessReader } from '../domain/ports.ts';

/** Who is in a unit changes rarely; a new one is known within this time, ms. */
const REMEMBER_MS = HOUR_MS;
/** How long the directory may take, ms: an alert waits for it. */
const WITHIN_MS = 10_000;

type Unit = { at: number; names: string[]; members: ReadonlySet<string> };

/**
 * Makes the function that says which administrative units some users are in: ids and names, of the units that are set
 * and of those that a route names. A unit that cannot be read is left out, and its alerts go where the tree sends
 * those without it.
 */
export function createUnitsOf(options: {
  directory: Pick<AccessReader, 'unitMembers' | 'nameOf'>;
  /** Units of the settings, by id. */
  units: readonly string[];
  /** ms UTC. */
  now: () => number;
  onFailure: (error: unknown) => void;
}): (userIds: readonly string[], unitIds: readonly string[]) => Promise<string[]> {
  const { directory, now, onFailure } = options;
  const known = new Map<string, Unit>();

  async function unit(id: string): Promise<Unit | null> {
    const before = known.get(id);
    if (before && now() - before.at < REMEMBER_MS) return before;
    const signal = AbortSignal.timeout(WITHIN_MS);
    try {
      const [members, name] = await Promise.all([
        directory.unitMembers(id, signal),
        directory.nameOf(`units/${id}`, signal),
      ]);
      const read: Unit = { at: now(), names: name === null ? [id] : [id, name], members };
      known.set(id, read);
      return read;
    } catch (error) {
      onFailure(error);
      return before ?? null;
    }
  }

  return async (userIds, unitIds) => {
    const ids = [...new Set([...options.units, ...unitIds])];
    const units = await Promise.all(ids.map(unit));
    return units.flatMap((one) => (one && userIds.some((id) => one.members.has(id)) ? one.names : []));
  };
}
