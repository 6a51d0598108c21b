import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { DAY_MS, MINUTE_MS } from '../src/domain/durations.ts';
import { archived } from '../src/microsoft365/audit/archived.ts';
import { normaliseActivityRecord } from '../src/microsoft365/bodies/audit/activity-record.ts';
import { openStore } from '../src/storage/open-store.ts';
import { activityRecord, type RecordKind, type RecordLabels, type RecordPerson } from './activity-records.ts';
import { followRows } from './bare-rows.ts';
import { idFor, kindOf } from './record-mix.ts';

const HUNDRED = 100;
const GROUPS = 300;
const LATE_MS = 30 * MINUTE_MS;
/** A time that no other number in a record looks like. */
const PLACE_AT = 1_111_111_111_000;

/** What the texts of a template have in the place of what differs from record to record. */
const PLACES: RecordLabels = {
  id: 'aaaaaaaa-1111-4000-8000-000000000001',
  time: new Date(PLACE_AT).toISOString().slice(0, 19),
  actor: { id: 'aaaaaaaa-2222-4000-8000-000000000002', upn: 'actor@place.invalid' },
  target: { id: 'aaaaaaaa-3333-4000-8000-000000000003', upn: 'target@place.invalid' },
  group: { id: 'aaaaaaaa-4444-4000-8000-000000000004', name: 'place-of-the-group' },
  correlationId: 'aaaaaaaa-5555-4000-8000-000000000005',
};
const IN_ORDER = (labels: RecordLabels, at: number): string[] => [
  labels.id,
  labels.time,
  labels.actor.id,
  labels.actor.upn,
  labels.target.id,
  labels.target.upn,
  labels.group.id,
  labels.group.name,
  labels.correlationId,
  String(at),
];
const PLACE_TEXTS = IN_ORDER(PLACES, PLACE_AT);
const ANY_PLACE = new RegExp(`(${PLACE_TEXTS.join('|').replaceAll('.', '\\.')})`);

/** A text cut at its places: the odd parts are places. */
type Cut = { parts: string[]; places: number[] };
type Template = { columns: { name: string; value: SQLInputValue | Cut }[]; targets: Cut[] };

/**
 * Fills the archive in `file` with records of that many days up to `until`, ms UTC, in the order of time. The
 * rows are those that the product stored for one record of each kind, with other people, ids and times.
 * Some people act far more often than others.
 */
export async function fillArchive(
  file: string,
  records: number,
  people: readonly RecordPerson[],
  { days, until }: { days: number; until: number },
): Promise<void> {
  const templates = await storedTemplates(path.dirname(file));
  const database = new DatabaseSync(file);
  // A file that does not survive the loss of power, for as long as it is filled.
  database.exec('pragma journal_mode = memory; pragma synchronous = off; pragma cache_size = -2000000');
  const names = templates[0]?.columns.map(({ name }) => name) ?? [];
  const event = database.prepare(
    `insert into audit_events (row_no, ${names.join(', ')}) values (?, ${names.map(() => '?').join(', ')})`,
  );
  const target = database.prepare('insert into audit_targets (target_id, at, event_no) values (?, ?, ?)');
  const groups = Array.from({ length: GROUPS }, (_, number) => ({
    id: idFor(`group ${number}`),
    name: `group-${number}`,
  }));
  const from = until - days * DAY_MS;
  database.exec('begin');
  for (let number = 0; number < records; number++) {
    const template = templates[number % HUNDRED];
    const actor = people[Math.floor(people.length * Math.random() ** 3)];
    const acted = people[Math.floor(people.length * Math.random())];
    const group = groups[number % GROUPS];
    if (!template || !actor || !acted || !group) throw new Error('Nobody is there to act.');
    const at = from + Math.floor((number / records) * (until - from));
    const values = IN_ORDER(
      {
        id: randomUUID(),
        time: new Date(at).toISOString().slice(0, 19),
        actor,
        target: acted,
        group,
        correlationId: randomUUID(),
      },
      at,
    );
    const row = number + 1;
    event.run(row, ...template.columns.map(({ name, value }) => columnValue(name, value, values, at)));
    for (const id of new Set(template.targets.map((cut) => filled(cut, values)))) target.run(id, at, row);
  }
  database.exec('commit; pragma journal_mode = wal');
  database.close();
}

function columnValue(
  name: string,
  value: SQLInputValue | Cut,
  values: readonly string[],
  at: number,
): SQLInputValue {
  if (name === 'at') return at;
  if (name === 'received_at') return at + LATE_MS;
  return typeof value === 'object' && value !== null && 'parts' in value ? filled(value, values) : value;
}

function filled({ parts, places }: Cut, values: readonly string[]): string {
  let text = parts[0] ?? '';
  for (let index = 0; index < places.length; index++) {
    text += (values[places[index] ?? 0] ?? '') + (parts[index + 1] ?? '');
  }
  return text;
}

function cutOf(text: string): Cut {
  const split = text.split(ANY_PLACE);
  return {
    parts: split.filter((_, index) => index % 2 === 0),
    places: split.filter((_, index) => index % 2 === 1).map((place) => PLACE_TEXTS.indexOf(place)),
  };
}

/** Lets the product store one record of each kind of a hundred, and cuts its rows at their places. */
async function storedTemplates(folder: string): Promise<Template[]> {
  const file = path.join(folder, 'templates.db');
  const store = await openStore({ url: `file:${file}` });
  const rows = followRows(file);
  const storedTemplate = async (kind: RecordKind): Promise<Template> => {
    const { event, raw } = archived(
      activityRecord(kind, PLACES),
      'activity',
      normaliseActivityRecord,
      PLACE_AT,
    );
    // Stored under its kind, so that all of them can be stored.
    await store.audit.append([{ raw, event: { ...event, id: kind } }], PLACE_AT);
    const { events, targets } = rows.next();
    const columns = Object.entries(events[0] ?? {})
      .filter(([name]) => name !== 'row_no')
      .map(([name, value]) => ({ name, value: columnOf(name, value, kind) }));
    return { columns, targets: targets.map((row) => cutOf(String(row.target_id))) };
  };
  const made = new Map<string, Template>();
  const templates: Template[] = [];
  for (const kind of Array.from({ length: HUNDRED }, (_, number) => kindOf(number))) {
    const template = made.get(kind) ?? (await storedTemplate(kind));
    made.set(kind, template);
    templates.push(template);
  }
  rows.close();
  await store.close();
  return templates;
}

function columnOf(name: string, value: SQLInputValue, kind: string): SQLInputValue | Cut {
  if (typeof value !== 'string') return value;
  if (name === 'id') return cutOf(PLACES.id);
  return cutOf(name === 'event' ? value.replace(`"id":"${kind}"`, `"id":"${PLACES.id}"`) : value);
}
