import { type ArchiveStore, headText } from '../../domain/ports/archive.ts';
import type { ExportRequest } from '../answer/export-request.ts';

/** Whether a file has records of the archive, which the chain proves. */
export const isOfArchive = ({ intent, records }: Pick<ExportRequest, 'intent' | 'records'>): boolean =>
  records !== undefined || intent === 'audit-by' || intent === 'audit-on' || intent === 'support-case';

/**
 * Says which head of the archive covers the records of a file, so that an auditor can check it later. Read after the
 * file was written: the head then covers every record in it.
 * @param at ms UTC
 */
export async function archiveProof(archive: Pick<ArchiveStore, 'seal'>, at: number): Promise<string> {
  const seal = await archive.seal();
  if (seal === null) return 'The archive is not sealed yet, so that nothing proves these records.';
  const head = headText(seal);
  const day = `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const worth = seal.hasKey
    ? 'sealed with a key'
    : 'sealed without a key, which finds accidents but not somebody who wrote the chain again';
  const part = seal.isWhole ? '' : ' Older records are still being sealed: it covers those later.';
  return `The head of the archive at ${day} covers these records: ${head} (${worth}).${part} To check it: license-watch archive verify --head ${head}`;
}
