import { viewOf } from '../../domain/detection/records/view-of.ts';
import { numeral } from '../../domain/numerals.ts';
import type { RecordsAsked } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { makeAnswer, table, text } from '../answer/make-answer.ts';
import { formatTime } from '../times/times.ts';
import { facilitiesOf, recordsFile } from './may-search.ts';
import { everythingVisible, maySee, peopleSeen } from './may-see.ts';
import { recordEntry } from './record-in-words.ts';

const MOST_FIELDS = 60;
const LONGEST = 300;
/** No record nests deeper than this in what is shown. */
const DEEPEST = 6;

/** One audit record with all fields as Microsoft wrote them, for auditors. */
export async function oneRecord(id: string, asked: RecordsAsked, deps: AnswerDeps): Promise<Answer> {
  const facilities = facilitiesOf(deps);
  if (!('store' in facilities)) return facilities;
  const { store, sees } = facilities;
  const found = await store.record(id);
  const visible = sees === null ? everythingVisible : await peopleSeen(sees, deps.store);
  const record = found && maySee(found, visible) ? found : null;
  await store.note({
    at: deps.now,
    by: deps.asker ?? 'terminal',
    asked: `record ${id}`,
    people: [],
    found: record ? 1 : 0,
  });
  if (!record) return makeAnswer('audit-on', `There is no audit record ${id} that you may see.`);
  const told = recordEntry({ record, copies: [] }, viewOf(record.raw), deps);
  const fields = fieldsOf(record.raw);
  return makeAnswer('audit-on', `${formatTime(record.at, deps)}: ${told.what}.`, {
    blocks: [
      ...text(told.detail),
      ...table(
        ['Field', 'As Microsoft wrote it'],
        fields.slice(0, MOST_FIELDS).map(([name, value]) => [name, short(value)]),
      ),
      ...text(
        fields.length > MOST_FIELDS
          ? `${numeral(fields.length - MOST_FIELDS)} more fields are in the file: “export record ${id} as ndjson”.`
          : null,
      ),
    ],
    file: recordsFile({ ...asked, range: { from: record.at, to: record.at + 1 }, file: 'ndjson' }, deps.now),
  });
}

const short = (value: string): string => (value.length > LONGEST ? `${value.slice(0, LONGEST - 1)}…` : value);

/** Every value of a record with its path: `Parameters[2].Name`. */
function fieldsOf(raw: string): [string, string][] {
  try {
    return leaves(JSON.parse(raw), '', 0);
  } catch {
    return [['text', raw]];
  }
}

function leaves(value: unknown, path: string, depth: number): [string, string][] {
  if (typeof value !== 'object' || value === null || depth > DEEPEST) {
    const shown = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
    return [[path, shown.replace(/\s+/g, ' ').trim()]];
  }
  return Array.isArray(value)
    ? value.flatMap((item, index) => leaves(item, `${path}[${index}]`, depth + 1))
    : Object.entries(value).flatMap(([name, inner]) =>
        leaves(inner, path === '' ? name : `${path}.${name}`, depth + 1),
      );
}
