import { WEEK_MS } from '../durations.ts';
import type { Incident } from './incident.ts';
import type { IncidentGroup } from './incident-group.ts';
import { MANY_USERS } from './severity.ts';

/** Microsoft's logs tell nothing new of a change after this long, ms: what is unexplained then stays so. */
const TOLD_FOR_MS = WEEK_MS;

/**
 * Says whether an open incident of many users is left whole although its changes have several causes by now: while
 * no record explains some of them and the logs may still tell of those, the causes are not known to be several. The
 * records of one act come one by one, and half of them is no reason for a second card.
 * @param groups how its changes belong together by now; `unexplained` means that the logs are not complete yet
 * @param now ms UTC
 */
export function staysWhole(
  incident: Pick<Incident, 'status' | 'hiddenByRuleId' | 'userIds' | 'openedAt'>,
  groups: readonly Pick<IncidentGroup, 'level'>[],
  now: number,
): boolean {
  return (
    incident.status === 'open' &&
    // Nobody was alerted by what a rule hid: no act of somebody else's may hide behind it.
    incident.hiddenByRuleId === null &&
    incident.userIds.length >= MANY_USERS &&
    groups.length > 1 &&
    groups.some(({ level }) => level === 'unexplained') &&
    now < incident.openedAt + TOLD_FOR_MS
  );
}
