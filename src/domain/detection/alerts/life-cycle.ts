import type { Person } from '../../access/person.ts';
import { DAY_MS } from '../../durations.ts';
import type { Level } from '../rule.ts';
import type { SecurityIncident } from './security-incident.ts';

/** How long nothing new must come until an alert closes by itself, ms. What is worse is left open for longer. */
const QUIET_MS: Readonly<Record<Level, number>> = {
  informational: DAY_MS,
  low: DAY_MS,
  medium: DAY_MS,
  high: 3 * DAY_MS,
  critical: 3 * DAY_MS,
};

/** Levels that a card tells; the others are for the morning and the board. */
const TOLD: ReadonlySet<Level> = new Set(['medium', 'high', 'critical']);

/** Whether a level is told by a card of its own. */
export const isToldByCard = (level: Level): boolean => TOLD.has(level);

/** The alert with a change that its card shows. `now` is ms UTC. */
export const revised = (
  incident: SecurityIncident,
  now: number,
  change: Partial<SecurityIncident>,
): SecurityIncident => ({ ...incident, ...change, updatedAt: now, revision: incident.revision + 1 });

/** Whether nothing new has come for so long that it closes by itself. A snooze holds it open. `now` is ms UTC. */
export const isQuiet = (
  { status, level, lastAt, updatedAt, snoozedUntil }: SecurityIncident,
  now: number,
): boolean =>
  status === 'open' && snoozedUntil === null && now - Math.max(lastAt, updatedAt) >= QUIET_MS[level];

export const closeQuiet = (incident: SecurityIncident, now: number): SecurityIncident =>
  revised(incident, now, {
    status: 'closed',
    ending: { by: null, at: now, reason: null, ruleUntil: null },
  });

/** Somebody said that it was expected; with a rule, until then. */
export const expectIncident = (
  incident: SecurityIncident,
  by: Person,
  reason: string,
  ruleUntil: number | null,
  now: number,
): SecurityIncident =>
  revised(incident, now, {
    status: 'approved',
    snoozedUntil: null,
    snoozeReason: null,
    ending: { by, at: now, reason, ruleUntil },
  });

/** Somebody takes that back: it is open again, and so is its card. */
export const reopenIncident = (incident: SecurityIncident, now: number): SecurityIncident =>
  revised(incident, now, {
    status: 'open',
    hiddenByRuleId: null,
    ending: null,
    tellAt: incident.tellAt ?? now,
  });

/** No alerts until `until` (ms UTC). */
export const snoozeSecurity = (
  incident: SecurityIncident,
  until: number,
  reason: string,
  now: number,
): SecurityIncident => revised(incident, now, { snoozedUntil: until, snoozeReason: reason });

/** Nothing but what its card shows beside it has changed. */
export const touchSecurity = (incident: SecurityIncident, now: number): SecurityIncident =>
  revised(incident, now, {});

/** The snooze is over: its time has come, or somebody ended it. */
export const wakeSecurity = (incident: SecurityIncident, now: number): SecurityIncident =>
  revised(incident, now, { snoozedUntil: null, snoozeReason: null });

/** The card went out, or is about to: what comes from now on is "more since". */
export const withTold = (incident: SecurityIncident, now: number): SecurityIncident =>
  incident.told !== null || incident.tellAt === null || now < incident.tellAt
    ? incident
    : { ...incident, told: { count: incident.count, at: incident.lastAt } };
