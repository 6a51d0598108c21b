import type { ExportRequest } from '../../answers/answer/export-request.ts';
import { HOUR_MS } from '../../domain/durations.ts';
import type { NewId } from '../../domain/ports.ts';

/** How long somebody may take to allow a file, ms. */
const KEEP_MS = HOUR_MS;
/** More than anybody looks at within the hour; the oldest make room. */
const MAX_KEPT = 1_000;

/** A file that was offered to one person. */
export type OfferedFile = { request: ExportRequest; name: string };

export type PendingFiles = {
  /** Keeps what was offered, for an hour and for this person. Returns the id by which it is asked for. */
  keep(file: OfferedFile, person: string): string;
  /** Gives what was offered to this person, once; null for everybody else, later, and a second time. */
  take(id: string, person: string): OfferedFile | null;
};

/**
 * What was offered and not answered yet. A card carries only an id: what it stands for is kept here, in memory,
 * so that a restart forgets it and the person asks again. `person` is an object id; `now` gives ms UTC.
 */
export function createPendingFiles({ now, newId }: { now: () => number; newId: NewId }): PendingFiles {
  const kept = new Map<string, { file: OfferedFile; person: string; until: number }>();
  return {
    keep(file, person) {
      for (const [id, { until }] of kept) {
        if (until <= now() || kept.size >= MAX_KEPT) kept.delete(id);
        else break;
      }
      const id = newId();
      kept.set(id, { file, person, until: now() + KEEP_MS });
      return id;
    },
    take(id, person) {
      const found = kept.get(id);
      if (!found || found.person !== person) return null;
      kept.delete(id);
      return found.until > now() ? found.file : null;
    },
  };
}
