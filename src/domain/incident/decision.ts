import type { Person, Subject } from '../access/person.ts';

/**
 * What was decided. `request` asks for a second operator, who confirms or declines it; `withdraw` is by the asker,
 * `expire` is ours, when nobody answered in time.
 */
export const DECISION_KINDS = [
  'reassign',
  'undo',
  /** Licenses given or taken as somebody asked for in words, beside any incident. */
  'assign',
  'remove',
  'swap',
  /** Service plans of licenses switched on or off. */
  'turn-on',
  'turn-off',
  /** Somebody put into a group that gives licenses, or taken out of it. */
  'add-to-group',
  'remove-from-group',
  /** A product that a group gives to its members, or gives no more. */
  'license-group',
  'unlicense-group',
  'request',
  'confirm',
  'decline',
  'withdraw',
  'expire',
  'approve',
  /** Somebody is on it, with a note: others need not look. */
  'take-on',
  /** Takes an approval back: the incident is open again. */
  'reopen',
  'snooze',
  'wake',
  'set-channel',
  'make-rule',
  'extend-rule',
  'end-rule',
  'watch',
  'unwatch',
  /** Of an alert of detections: that it was expected, and until when it and those like it are. */
  'security-expect',
  'security-snooze',
  'security-wake',
  'security-reopen',
  /** A setting made in chat; one of roles may wait for a second owner, who may decline it. */
  'set-setting',
  'ask-setting',
  'decline-setting',
] as const;
export type DecisionKind = (typeof DECISION_KINDS)[number];

/**
 * `as-it-was` gives back what was there by the path it came on. `direct` assigns directly what that path
 * cannot give back: a second best, which does not follow the group.
 */
export type RestoreWay = 'as-it-was' | 'direct';

/** What somebody asks for on an incident's card. Ids only: everything else is loaded. `until` is ms UTC. */
export type DecisionRequest =
  | {
      kind: 'reassign';
      incidentId: string;
      /** Null means all. */
      userIds: string[] | null;
      way: RestoreWay;
      /** Digest of the plan that was shown; null when none was. A plan that has changed since is shown again first. */
      plan: string | null;
    }
  | { kind: 'undo'; incidentId: string; decisionId: string }
  /** `plan` as in a reassign; null also where an undo is confirmed. */
  | { kind: 'confirm'; incidentId: string; requestId: string; plan: string | null }
  | { kind: 'decline'; incidentId: string; requestId: string; reason: string | null }
  /** `ruleUntil` makes the approval a standing rule until then. */
  | { kind: 'approve'; incidentId: string; reason: string; ruleUntil: number | null }
  /** Takes an approval back, for a day; the rule that it made ends with it. */
  | { kind: 'reopen'; incidentId: string; reason: string }
  /** `about`: this incident only, or also what comes next for its users, products or group. */
  | {
      kind: 'snooze';
      incidentId: string;
      until: number;
      reason: string;
      about: 'incident' | 'users' | 'skus' | 'group';
    }
  | { kind: 'wake'; incidentId: string }
  /** "I'm on it". */
  | { kind: 'take-on'; incidentId: string; note: string | null };

/** What somebody asks for on the card of an alert of detections. `until` and `ruleUntil` are ms UTC. */
export type SecurityRequest =
  /** `ruleUntil` makes it a standing rule until then. */
  | { kind: 'expect'; incidentId: string; reason: string; ruleUntil: number | null }
  | { kind: 'snooze'; incidentId: string; until: number; reason: string }
  | { kind: 'wake'; incidentId: string }
  | { kind: 'reopen'; incidentId: string; reason: string }
  | { kind: 'take-on'; incidentId: string; note: string | null };

/** What somebody asks for in the chat, about no single incident. `until` is ms UTC. */
export type SuppressionRequest =
  | { kind: 'extend-rule'; ruleId: string; until: number }
  | { kind: 'end-rule'; ruleId: string }
  | { kind: 'snooze'; subject: Subject; until: number; reason: string }
  | { kind: 'wake'; silenceId: string }
  | { kind: 'watch' | 'unwatch'; subject: Subject & { kind: 'user' | 'group' } };

/** One row of the append-only decision log. Times are ms UTC. */
export type Decision = {
  id: string;
  at: number;
  kind: DecisionKind;
  incidentId: string | null;
  by: Person;
  reason: string | null;
  /** The users it is about, of a write those it writes to; null means all of the incident. */
  userIds: string[] | null;
  /** The end of a snooze or a rule, or when a request expires. */
  until: number | null;
  /** How a reassign gives back; null on other kinds. */
  way: RestoreWay | null;
  /** What it is about: the reassign undone, the request answered, the rule, the silence. */
  about: string | null;
  /** Whom or what a silence or a watch is about. */
  subject: Subject | null;
  /** The group whose members or licenses it changes, as it was called then. */
  group?: { id: string; name: string };
};

/** A reassign or an undo that waits for a second operator; part of its incident. Times are ms UTC. */
export type ApprovalRequest = {
  /** The id of the decision that made it. */
  id: string;
  kind: 'reassign' | 'undo';
  by: Person;
  at: number;
  expiresAt: number;
  userIds: string[] | null;
  way: RestoreWay;
  /** The reassign to undo. */
  undoes: string | null;
};
