import type { DataConfig } from '../config/data.ts';
import type { Clock, Store } from '../domain/ports.ts';
import type { NoteHead } from '../jobs/context.ts';
import { sealHead } from '../jobs/upkeep/seal-head.ts';
import type { Logger } from '../observability/logger.ts';
import { headsFile, noteHead } from './archive-heads.ts';

/**
 * Seals what a version before the chain stored, or what was sealed without the present key. A database that cannot
 * be written now is not a reason to stay down: the next start tries again.
 */
export async function sealArchive(
  context: { store: Pick<Store, 'archive'>; clock: Clock; log: Pick<Logger, 'info' | 'error'> },
  note: NoteHead,
): Promise<void> {
  const { store, clock, log } = context;
  try {
    const records = await store.archive.sealOlder(clock.now());
    if (records > 0) log.info({ records }, 'the archive of before the chain is sealed');
    await sealHead({ ...context, noteHead: note });
  } catch (err) {
    log.error({ err }, 'the archive could not be sealed');
  }
}

/** Notes heads in the file beside the database, where there is one. */
export const headNoter =
  (data: DataConfig): NoteHead =>
  async (day, head) => {
    const file = headsFile(data);
    if (file !== null) await noteHead(file, day, head);
  };

/**
 * Indexes what was stored before there was a search, beside everything else: until it is done, answers say that some
 * may be missing.
 */
export async function indexArchive(
  context: { store: Pick<Store, 'search'>; log: Pick<Logger, 'info' | 'error'> },
  signal: AbortSignal,
): Promise<void> {
  try {
    const records = await context.store.search.indexOlder(signal);
    if (records > 0) context.log.info({ records }, 'the archive of before the search is indexed');
  } catch (err) {
    context.log.error({ err }, 'the archive could not be indexed');
  }
}
