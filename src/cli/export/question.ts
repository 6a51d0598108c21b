import { createAskWithQuery } from '../../answers/ask.ts';
import type { Format, Lines } from '../../answers/export/lines.ts';
import { exportLines } from '../../answers/export/request.ts';
import type { Store } from '../../domain/ports.ts';

/**
 * The list that answers a question, as a file, part by part; or a sentence that says why there is none. `now` is
 * ms UTC; days begin in UTC, as everywhere in a file.
 */
export async function linesOfQuestion(
  store: Store,
  question: string,
  format: Format,
  now: number,
): Promise<AsyncIterable<Lines> | string> {
  const ask = createAskWithQuery({
    store,
    now: () => now,
    timeZone: 'UTC',
    incidentView: async () => null,
  });
  const by = { userId: null, timeZone: null, sees: null, acts: null };
  const { answer } = await ask(`export ${question}`, by);
  if (answer.request?.kind !== 'export') return answer.lead;
  return exportLines(store, { ...answer.request.request, format });
}
