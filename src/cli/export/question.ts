import type { Format } from '../../answers/answer/export-request.ts';
import { FIRST_PAGE } from '../../answers/answer/paging.ts';
import { createAskWithQuery } from '../../answers/ask.ts';
import type { Lines } from '../../answers/export/lines.ts';
import { isOfArchive } from '../../answers/export/proof.ts';
import { exportLines } from '../../answers/export/request.ts';
import type { Circumstances } from '../../answers/export/table.ts';
import type { Store } from '../../domain/ports.ts';

/** A file part by part, and whether it has records of the archive. */
export type FileLines = { lines: AsyncIterable<Lines>; ofArchive: boolean };

/**
 * The list that answers a question, as a file, part by part; or a sentence that says why there is none.
 * @param circumstances `timeZone`, an IANA name, is the one in which "yesterday" begins
 */
export async function linesOfQuestion(
  store: Store,
  question: string,
  format: Format,
  { now, spend, timeZone }: Circumstances & { timeZone: string },
): Promise<FileLines | string> {
  const incidentView = async () => null;
  const ask = createAskWithQuery({
    store,
    now: () => now,
    timeZone,
    incidentView,
    spend,
    search: store.search,
  });
  const by = { userId: null, timeZone: null, sees: null, acts: null, mayAudit: 'yes' as const };
  const sentence = `export ${question}`;
  const { query, answer: first } = await ask(sentence, by);
  // What is written to a file is nobody's to look at before: a list that is not clear is asked about.
  const lists =
    query.lists && first.blocks.flatMap((block) => (block.kind === 'readings' ? block.readings : []));
  if (lists && lists.length > 0) {
    return `Did you mean ${lists.map(({ ask: said }) => `“${said.replace(/^export /, '')}”`).join(' or ')}?`;
  }
  const perhaps = query.ask?.includes('export') === true;
  const answer = perhaps ? (await ask(sentence, by, { page: FIRST_PAGE, intent: 'export' })).answer : first;
  if (answer.request?.kind !== 'export') return answer.lead;
  const request = { ...answer.request.request, format };
  const lines = exportLines(store, request, { now, spend, audit: auditFrom(store) });
  return { lines, ofArchive: isOfArchive(request) };
}

/** Whoever reads the database may read all of it; what they take along is noted all the same. */
export const auditFrom = ({ search }: Pick<Store, 'search'>) => ({
  store: search,
  mayAudit: 'yes' as const,
  sees: null,
  asker: null,
});
