import { headText } from '../../domain/ports/archive.ts';
import type { JobContext } from '../context.ts';

/**
 * Notes the head of the archive's chain outside the database: in the log, and beside the database where there is a
 * place. Anybody who changes the database alone can then not take the newest records out unseen.
 */
export async function sealHead({
  store,
  clock,
  log,
  noteHead,
}: Pick<JobContext, 'clock' | 'noteHead'> & {
  store: Pick<JobContext['store'], 'archive'>;
  log: Pick<JobContext['log'], 'info'>;
}): Promise<void> {
  const head = await store.archive.head();
  if (head === null) return;
  const day = new Date(clock.now()).toISOString().slice(0, 10);
  await noteHead(day, head);
  log.info({ day, head: headText(head) }, 'head of the archive');
}
