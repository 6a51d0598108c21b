import type { Format } from '../../answers/answer/export-request.ts';
import { type Lines, linesOf } from '../../answers/export/lines.ts';
import { supportCaseTable } from '../../answers/export/support-case.ts';
import type { Circumstances } from '../../answers/export/table.ts';
import type { Store } from '../../domain/ports.ts';

/** The support case of an incident as a file, part by part; or a sentence that there is no such incident. */
export async function linesOfCase(
  store: Store,
  incidentId: string,
  format: Format,
  circumstances: Circumstances,
): Promise<AsyncIterable<Lines> | string> {
  if ((await store.incidents.byId(incidentId)) === null) return `There is no incident ${incidentId}.`;
  const table = supportCaseTable(incidentId);
  const range = { from: 0, to: circumstances.now + 1 };
  const everything = { people: [], skus: [], groups: [], days: null, range, ...circumstances };
  return linesOf(table.columns, table.rows(store, everything), format);
}
