import type { SecurityIncident } from '../../domain/detection/alerts/security-incident.ts';
import { LEVELS } from '../../domain/detection/rule.ts';
import { MINUTE_MS } from '../../domain/durations.ts';
import { count, numeral } from '../../domain/numerals.ts';
import type { About } from '../answer/about.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { formatTime } from '../times/times.ts';

/** The job runs each five minutes, and after each collection: what has waited for longer is stuck, ms. */
const BEHIND_MS = 15 * MINUTE_MS;

type Deps = Pick<AnswerDeps, 'store' | 'now' | 'timeZone'>;

/** Open alerts of detections about the people that were named, or all of them: the gravest first. */
export async function openAlerts(
  { people, skus, groups }: About,
  { store }: Pick<AnswerDeps, 'store'>,
): Promise<SecurityIncident[]> {
  // Alerts name people; they are about no product and no licensing group.
  if (people.length === 0 && skus.length + groups.length > 0) return [];
  const open = (await store.security.open()).filter(
    ({ level, userIds }) =>
      level !== 'informational' && (people.length === 0 || userIds.some((id) => people.includes(id))),
  );
  return open.toSorted((a, b) => LEVELS.indexOf(b.level) - LEVELS.indexOf(a.level) || b.lastAt - a.lastAt);
}

/** How many alerts of detections are open: "3 open (1 snoozed), the gravest high". */
export async function securityText({ store, now }: Deps): Promise<string> {
  const open = await openAlerts({ people: [], skus: [], groups: [] }, { store });
  const snoozed = open.filter(({ snoozedUntil }) => snoozedUntil !== null && snoozedUntil > now).length;
  return `${numeral(open.length)} open${snoozed > 0 ? ` (${numeral(snoozed)} snoozed)` : ''}`;
}

/** Whether alerts were made of all records that match, and which rules are refused. */
export async function detectionsText(deps: Deps): Promise<string> {
  const { store } = deps;
  const { waiting, oldestAt } = await store.security.backlog();
  const rules = await store.jobs.last('detections-read');
  const refused = rules?.ok === false ? '; some rules are refused, see above' : '';
  if (waiting === 0 || oldestAt === null) return `up to date${refused}`;
  return `${count(waiting, 'match', 'matches')} to look at, the oldest since ${formatTime(oldestAt, deps)}${refused}`;
}

/** Says since when alerts are behind the records, in a sentence; null where they are not. */
export async function detectionsBehind(deps: Deps): Promise<string | null> {
  const { waiting, oldestAt } = await deps.store.security.backlog();
  if (oldestAt === null || deps.now - oldestAt < BEHIND_MS) return null;
  return `Security alerts are behind: ${count(waiting, 'match', 'matches')} of detections wait since ${formatTime(oldestAt, deps)}.`;
}
