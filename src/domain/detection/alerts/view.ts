import type { AuditEvent } from '../../audit/event.ts';
import type { Decision } from '../../incident/decision.ts';
import { count } from '../../numerals.ts';
import type { Level } from '../rule.ts';
import { expectationOf } from './expected.ts';
import { withTold } from './life-cycle.ts';
import type { FactLine, SecurityIncident } from './security-incident.ts';

/** A record as Details show it. Texts come from the tenant. */
export type RecordDetail = {
  id: string;
  at: number;
  operation: string;
  who: string | null;
  object: string | null;
  address: string | null;
  facts: FactLine[];
  raw: string;
};

/** What else a person or an address did that day, the oldest first. */
export type Around = {
  /** Around who or what, in words. */
  about: string;
  from: number;
  to: number;
  events: { at: number; operation: string; object: string | null; result: AuditEvent['result'] }[];
  /** Events that have no room. */
  more: number;
};

/** An alert of detections as somebody sees it. Times are ms UTC; texts come from the tenant. */
export type SecurityView = {
  incidentId: string;
  status: SecurityIncident['status'];
  level: Level;
  title: string;
  firstAt: number;
  lastAt: number;
  count: number;
  recordCount: number;
  /** From where, "203.0.113.9 (Outlook on the web)"; null where no record tells. */
  from: string | null;
  facts: FactLine[];
  others: string[];
  otherCount: number;
  /** How many came since the card was shown first, and the time of the last one before. */
  more: { count: number; since: number } | null;
  /** What is to be known of how it was found; null where nothing is. */
  remark: string | null;
  /** Whether its names are left out, as not everybody who reads it may see them. */
  hidden: boolean;
  snoozedUntil: number | null;
  snooze: { by: string | null; reason: string | null } | null;
  ending: { by: string | null; at: number; reason: string | null; ruleUntil: number | null } | null;
  /** What a rule made of it would expect, in words; null where none can be made. */
  ruleOffer: string | null;
  /** Who is on it, since when, with a note; null: nobody, or it is over. */
  owner: { by: string; at: number; note: string | null } | null;
  can: { expect: boolean; snooze: boolean; takeOn: boolean; wake: boolean; reopen: boolean };
  rule: { id: string; title: string };
  labels: Readonly<Record<string, string>>;
  recordIds: string[];
  log: { at: number; what: string; until: number | null }[];
  details: RecordDetail[] | null;
  around: Around | null;
};

/**
 * An alert of detections as a card shows it.
 * @param names whether everybody who reads it may see who it names
 */
export function securityView(
  incident: SecurityIncident,
  decisions: readonly Decision[],
  names: boolean,
  now: number,
): SecurityView {
  const { words, flood, snoozedUntil, ending } = incident;
  const { told } = withTold(incident, now);
  const more = told === null ? 0 : incident.count - told.count;
  const match = expectationOf(incident);
  const isOpen = incident.status === 'open';
  const taken = isOpen ? decisions.findLast(({ kind }) => kind === 'take-on') : undefined;
  const snooze = decisions.findLast(({ kind }) => kind === 'security-snooze');
  return {
    incidentId: incident.id,
    status: incident.status,
    level: incident.level,
    title: titleOf(incident, names),
    firstAt: incident.firstAt,
    lastAt: incident.lastAt,
    count: incident.count,
    recordCount: incident.recordCount,
    from: names ? fromOf(incident) : null,
    facts: names && !flood ? words.facts : [],
    others: names ? (flood ? [words.title, ...incident.others] : incident.others) : [],
    otherCount: flood ? incident.otherCount + 1 : incident.otherCount,
    more: more > 0 && told !== null ? { count: more, since: told.at } : null,
    remark: remarkOf(incident),
    hidden: !names,
    snoozedUntil,
    snooze: snoozedUntil === null ? null : { by: snooze?.by.name ?? null, reason: incident.snoozeReason },
    ending: ending && { ...ending, by: ending.by?.name ?? null },
    ruleOffer: match === null ? null : offerOf(incident, names),
    owner: taken ? { by: taken.by.name, at: taken.at, note: taken.reason } : null,
    can: {
      expect: isOpen,
      takeOn: isOpen && snoozedUntil === null,
      snooze: isOpen && snoozedUntil === null,
      wake: isOpen && snoozedUntil !== null,
      reopen: incident.status === 'approved',
    },
    rule: { id: incident.rule, title: incident.ruleTitle },
    labels: names ? incident.labels : {},
    recordIds: names ? incident.recordIds : [],
    log: decisions.map(({ at, kind, by, reason, until }) => ({
      at,
      what: logSentence(kind, by.name, reason),
      until,
    })),
    details: null,
    around: null,
  };
}

function titleOf(
  { flood, ruleTitle, count: firings, words, labels }: SecurityIncident,
  names: boolean,
): string {
  if (!names) return flood ? `${ruleTitle}: ${count(firings, 'time')}` : ruleTitle;
  if (!flood) return words.title;
  const by = labels.actor === undefined ? '' : ` by ${words.who ?? labels.actor}`;
  return `${ruleTitle}: ${count(firings, 'time')}${by}`;
}

function fromOf({ words: { address, client } }: SecurityIncident): string | null {
  if (address === null) return client;
  return client === null ? address : `${address} (${client})`;
}

const remarkOf = ({ watchedDays }: SecurityIncident): string | null => {
  if (watchedDays === null) return null;
  const watched = watchedDays === 0 ? 'less than a day' : `${count(watchedDays, 'day')} only`;
  return `I have watched for ${watched}, so I can’t say whether this is usual here.`;
};

/** "“Mailbox forwards to outside” of lee.gu@contoso.example". */
function offerOf({ ruleTitle, labels }: SecurityIncident, names: boolean): string {
  return names
    ? `“${ruleTitle}” with ${Object.values(labels).join(', ')}`
    : `“${ruleTitle}” with the same people and things`;
}

function logSentence(kind: Decision['kind'], by: string, reason: string | null): string {
  const because = reason === null ? '' : `: “${reason}”`;
  switch (kind) {
    case 'security-expect':
      return `${by} said that this was expected${because}`;
    case 'security-snooze':
      return `${by} snoozed this${because}`;
    case 'take-on':
      return `${by} is on it${because}`;
    case 'security-wake':
      return `${by} ended the snooze`;
    case 'security-reopen':
      return `${by} reopened this${because}`;
    default:
      return `${by}: ${kind.replaceAll('-', ' ')}${because}`;
  }
}
