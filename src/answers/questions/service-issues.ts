import type { ServiceIssue } from '../../domain/audit/event.ts';
import { HOUR_MS } from '../../domain/durations.ts';
import { listed } from '../../domain/english.ts';
import { count } from '../../domain/numerals.ts';
import { type JobRun, SERVICE_HEALTH_READ } from '../../domain/ports.ts';
import type { Query } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { makeAnswer, table, text } from '../answer/make-answer.ts';
import { formatRange, formatTime } from '../times/times.ts';

/** Older than this, what was read says little of now: it is read every few minutes. */
const STALE_MS = HOUR_MS;
const ID = /^[A-Z]{2,4}\d+$/;
/** States of an issue that is over (Graph `serviceHealthStatus`), lower case. */
const OVER: ReadonlySet<string> = new Set([
  'servicerestored',
  'falsepositive',
  'resolved',
  'resolvedexternal',
  'mitigated',
  'mitigatedexternal',
  'postincidentreviewpublished',
]);

const isOpen = ({ endAt, isResolved, status }: ServiceIssue, now: number): boolean =>
  (endAt === null || endAt > now) && !isResolved && !OVER.has(status.toLowerCase());
const isIncident = ({ classification }: ServiceIssue): boolean => classification.toLowerCase() === 'incident';

/** Whether Microsoft reports an incident of a service, or of any: yes or no first, since when, and where to look. */
export async function serviceIssues({ healthOf = [], range }: Query, deps: AnswerDeps): Promise<Answer> {
  const { store, now } = deps;
  const read = await store.jobs.last(SERVICE_HEALTH_READ);
  const readAt = read?.lastSuccessAt ?? null;
  const page = `${deps.adminCenter}#/servicehealth`;
  const overview = { title: 'Service health', url: page };
  if (readAt === null) {
    return makeAnswer('service-issues', unread(read), { links: [overview], next: ['status'] });
  }
  const inTime = range === null ? { from: now, to: now + 1 } : range;
  const found = (await store.audit.serviceIssues(inTime.from, inTime.to))
    .filter((issue) => range !== null || isOpen(issue, now))
    .filter((issue) => healthOf.length === 0 || healthOf.some((service) => isOf(issue, service)))
    .toSorted((a, b) => Number(isIncident(b)) - Number(isIncident(a)) || b.startAt - a.startAt);
  const [first] = found;
  const when = range === null ? '' : ` ${formatRange(range, deps)}`;
  return makeAnswer('service-issues', lead(found, healthOf, when, deps, readAt), {
    blocks: [
      ...text(read?.ok === false ? `The last read failed: ${read.detail ?? 'no reason given'}` : null),
      ...text(
        now - readAt > STALE_MS ? `That was read ${formatTime(readAt, deps)}: it may have changed.` : null,
      ),
      ...table(
        ['What Microsoft says', 'Service', 'Since'],
        found.map((issue) => [
          `${issue.id}: ${issue.title}`,
          `${issue.service}, ${issue.classification}${range !== null && !isOpen(issue, now) ? ', over' : ''}`,
          formatTime(issue.startAt, deps),
        ]),
      ),
    ],
    completeUntil: `Service health read ${formatTime(readAt, deps)}.`,
    links: [
      ...(first && ID.test(first.id)
        ? [{ title: `${first.id} at Microsoft`, url: `${page}/:/alerts/${first.id}` }]
        : []),
      overview,
    ],
    next: healthOf.length > 0 ? ['open incidents at Microsoft', 'status'] : ['status'],
  });
}

/** Microsoft names a service in the issue's service, and some only in its feature or title. */
function isOf({ service, feature, title }: ServiceIssue, wanted: string): boolean {
  const word = wanted.replace(/^Microsoft | Online$| for Business$/g, '').toLowerCase();
  return `${service} ${feature ?? ''} ${title}`.toLowerCase().includes(word);
}

function lead(
  found: readonly ServiceIssue[],
  services: readonly string[],
  when: string,
  deps: AnswerDeps,
  readAt: number,
): string {
  const of = services.length > 0 ? ` of ${listed(services)}` : '';
  const open = when === '' ? 'open ' : '';
  const incidents = found.filter(isIncident);
  const advisories = found.length - incidents.length;
  const [newest] = incidents;
  const also = advisories > 0 ? `, and ${count(advisories, 'advisory', 'advisories')}` : '';
  if (newest) {
    const since = incidents.length === 1 ? `, since ${formatTime(newest.startAt, deps)}` : '';
    return `Yes: Microsoft reports ${count(incidents.length, `${open}incident`)}${of}${when} (${newest.id})${since}${also}.`;
  }
  const asOf = `, as of ${formatTime(readAt, deps)}`;
  const but = advisories > 0 ? `, but ${count(advisories, `${open}advisory`, `${open}advisories`)}` : '';
  return `No: Microsoft reports no ${open}incident${of}${when}${but}${asOf}.`;
}

/** Without the permission nothing is known, and nothing is said of the services. */
function unread(read: JobRun | null): string {
  const why = read?.detail ?? 'the service health has not been read yet.';
  return `I do not know: ${why.endsWith('.') ? why : `${why}.`} ${
    read === null
      ? 'It is read with the audit logs, every few minutes.'
      : 'Microsoft’s page says it meanwhile.'
  }`;
}
