import type { Incident } from '../../domain/incident/incident.ts';
import { count } from '../../domain/numerals.ts';
import type { Query } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { healthFacts } from '../answer/health-facts.ts';
import { makeAnswer, pageTable } from '../answer/make-answer.ts';
import { pageOf } from '../answer/paging.ts';
import { incidents, openIncidents, waitingUndos } from '../questions/incidents.ts';
import { leftOutText, troublesOf } from '../questions/troubles.ts';
import { formatTime } from '../times/times.ts';
import { completeUntil } from '../words/completeness.ts';
import { credentialMatters } from './credential.ts';
import { licenseMatters } from './licenses.ts';
import { MATTER_COLUMNS, type Matter, rowOf } from './matter.ts';
import { securityMatters } from './security.ts';

const RECENT_SCANS = 50;

/**
 * What needs somebody, each with its next step: open incidents first, then licenses, what ends, and the watch
 * itself; of somebody or something that was named, what is about them. The open incidents alone where their list was
 * asked for.
 */
export async function attention(query: Query, deps: AnswerDeps): Promise<Answer> {
  const isNamed = query.people.length + query.skus.length + query.groups.length > 0;
  if (!query.board) return incidents(query, deps);
  const open = [...(await openIncidents(query, deps)), ...(await waitingUndos(query, deps))];
  const others = [
    ...(await securityMatters(query, deps)),
    ...(await licenseMatters(query, deps)),
    // The watch itself is about nobody and nothing in particular.
    ...(isNamed ? [] : [...(await watchMatters(deps)), ...(await credentialMatters(deps))]),
  ];
  if (others.length === 0 && (isNamed || open.length === 1)) return incidents(query, deps);
  const { shown, rest } = pageOf<Incident | Matter>([...open, ...others], query, deps);
  const matters = await Promise.all(shown.map((one) => ('what' in one ? one : matterOf(one, deps))));
  return makeAnswer('incidents', lead(open.length, others.length, deps), {
    blocks: pageTable(MATTER_COLUMNS, matters.filter((matter) => matter !== null).map(rowOf)),
    completeUntil: await completeUntil(deps.store, deps),
    next: open.length === 0 ? ['status'] : ['open incidents', 'status'],
    ...rest,
  });
}

/** "2 open incidents, and 3 other things need attention." */
function lead(open: number, others: number, deps: AnswerDeps): string {
  if (open + others === 0) return `All is well, as of ${formatTime(deps.now, deps)}.`;
  if (open === 0) return `${count(others, 'thing needs', 'things need')} attention; no incident is open.`;
  const incidentsOpen = count(open, 'open incident');
  if (others === 0) return `${incidentsOpen}; nothing else needs attention.`;
  return `${incidentsOpen}, and ${count(others, 'other thing needs', 'other things need')} attention.`;
}

/** Only of those on the page: an incident takes some reads. */
async function matterOf({ id, severity }: Incident, deps: AnswerDeps): Promise<Matter | null> {
  const view = await deps.incidentView(id);
  if (view === null) return null;
  const [user] = view.users.length === 1 ? view.users : [];
  const isSnoozed = view.snoozedUntil !== null && view.snoozedUntil > deps.now;
  return {
    what: `${view.title} (${severity}${isSnoozed ? ', snoozed' : ''})`,
    when: `since ${formatTime(view.observedAfter, deps)}`,
    next: `Say “open incidents${user ? ` of ${user.name}` : ''}”.`,
  };
}

async function watchMatters(deps: AnswerDeps): Promise<Matter[]> {
  const { store, now, limits } = deps;
  const health = await healthFacts(store, now, limits);
  const troubles = await troublesOf(deps, health, await store.scans.recent(RECENT_SCANS));
  const leftOut = await leftOutText(store);
  return [
    ...troubles.map(({ what, next }) => ({ what, when: null, next })),
    // Of what could not be read nobody knows whether it needs attention.
    ...(leftOut === null
      ? []
      : [{ what: `The last read left something out: ${leftOut}`, when: null, next: 'Say “status”.' }]),
  ];
}
