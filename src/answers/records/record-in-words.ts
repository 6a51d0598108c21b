import type { AuditEvent } from '../../domain/audit/event.ts';
import type { RecordView } from '../../domain/detection/record-view.ts';
import { deedInWords } from '../../domain/search/activities.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import type { ActFound } from './acts-found.ts';

/** Changes told of one record. */
const CHANGES = 3;
const LONGEST = 80;

/** A record as a dated sentence, with what changed and Microsoft's own names in the details. */
export function recordEntry(
  { record: { event }, copies }: ActFound,
  view: RecordView | null,
  deps: AnswerDeps,
): { at: number; what: string; detail: string } {
  const labels = withNames(view?.labels ?? labelsOf(event), deps);
  const failed =
    event.result === 'failure' && !/^(?:could not|was stopped)/.test(deedInWords(event.operation, labels));
  const place = labels.site && labels.site !== labels.target ? `Site ${labels.site}` : null;
  const address = event.clientIp ?? labels.address ?? null;
  const where = [place, address === null ? null : `from ${address}`]
    .filter((part) => part !== null)
    .join(', ');
  const detail = [
    ...(where === '' ? [] : [`${where}.`]),
    ...changesOf(event),
    ...(failed ? [`It failed${event.resultReason ? `: ${short(event.resultReason)}` : ''}.`] : []),
    `${event.operation}, ${event.workload}, record ${event.id}.`,
    ...copies.map((copy) => `Also in record ${copy.event.id}.`),
  ];
  return {
    at: event.at,
    what: `${whoActed(event, deps)} ${deedInWords(event.operation, labels)}`,
    detail: detail.join(' '),
  };
}

/** Who did it: a person by the name that people know. */
export function whoActed({ actor }: AuditEvent, deps: AnswerDeps): string {
  if (actor === null) return 'Nobody named';
  return nameOf(actor.id, actor.name, deps) ?? actor.name ?? actor.id ?? 'Nobody named';
}

const labelsOf = ({ targets }: AuditEvent): Record<string, string> => {
  const name = targets[0]?.name ?? targets[0]?.id;
  return name === null || name === undefined ? {} : { target: name };
};

function withNames(labels: Readonly<Record<string, string>>, deps: AnswerDeps): Record<string, string> {
  return Object.fromEntries(
    Object.entries(labels).map(([label, value]) => [
      label,
      value.includes('@') ? (nameOf(null, value, deps) ?? value) : value,
    ]),
  );
}

function nameOf(id: string | null, name: string | null, { directory }: AnswerDeps): string | undefined {
  const wanted = name?.toLowerCase();
  return directory.people.find(
    (person) => (id !== null && person.id === id) || person.userPrincipalName.toLowerCase() === wanted,
  )?.displayName;
}

/** "JobTitle: Clerk → Manager." */
function changesOf({ modified, licenses }: AuditEvent): string[] {
  if (licenses !== null) return [];
  const told = modified
    .filter(({ oldValue, newValue }) => (oldValue ?? newValue) !== null && oldValue !== newValue)
    .slice(0, CHANGES);
  return told.map(
    ({ name, oldValue, newValue }) => `${short(name)}: ${value(oldValue)} → ${value(newValue)}.`,
  );
}

/** A value without the list and quotes around it, in which Entra writes it. */
function value(logged: string | null): string {
  const plain =
    logged
      ?.replace(/^\["?|"?\]$/g, '')
      .replace(/^"(.*)"$/s, '$1')
      .trim() ?? '';
  return plain === '' ? 'nothing' : short(plain);
}

const short = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);
