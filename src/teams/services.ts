import type { Answer } from '../answers/answer/answer.ts';
import type { ExportRequest } from '../answers/answer/export-request.ts';
import type { PageAsked } from '../answers/ask.ts';
import type { Lines } from '../answers/export/lines.ts';
import type { FoundPerson } from '../answers/find-people.ts';
import type { Access } from '../domain/access/access.ts';
import type { Person } from '../domain/access/person.ts';
import type { SecurityView } from '../domain/detection/alerts/view.ts';
import type { DoctorReport } from '../domain/doctor/report.ts';
import type { DecisionRequest, SecurityRequest, SuppressionRequest } from '../domain/incident/decision.ts';
import type { IncidentView } from '../domain/incident-view/view.ts';
import type { ConversationStore } from '../domain/ports.ts';
import type { Deadline } from '../domain/restore/deadlines.ts';
import type { PlanView } from '../domain/restore/plan-view-types.ts';
import type { AskedFor, Asking } from '../domain/restore/requests/asked-change.ts';
import type { AskedView, SecondOperator } from '../domain/restore/requests/asked-view.ts';
import type { LicenseRequest } from '../domain/restore/requests/on-request.ts';
import type { LicenseOutcome } from '../domain/restore/requests/request-outcome.ts';
import type { ScanRequested } from '../domain/scan/scan-requested.ts';
import type { SettingChange, SettingsAsked } from '../domain/settings/setting-change.ts';

export type Asker = {
  person: Person;
  /** IANA name that Teams sends with the activity. */
  timeZone: string | null;
  locale: string | null;
  /** Incident that the message answers to, when known. */
  conversationKey: string;
  /** Whether nobody else reads along. */
  personal?: boolean;
};

/**
 * `lines` reads from the beginning each time. `proof` says, once they were read, what proves the records among them; left
 * out where there are none of the archive.
 */
export type ExportFile = { name: string; lines(): AsyncIterable<Lines>; proof?(): Promise<string> };

/** `refused` says in a sentence why nothing changed, `accepted` what did. */
export type SuppressionOutcome = { kind: 'accepted' | 'refused'; sentence: string };

/** What was written, and whether an undo of it needs a second operator. */
type LicensesWritten = { kind: 'accepted'; second: SecondOperator } & LicenseOutcome;

/**
 * `refused` says in a sentence why nothing was written; `waiting`: a second operator was asked, in that channel;
 * `needs-second`: one is needed, which was not so, or not known, when the plan was shown; `shown-again`: the plan is to
 * be looked at first, for the reason that `notice` says.
 */
export type LicensesChanged =
  | { kind: 'refused'; sentence: string }
  | LicensesWritten
  | { kind: 'waiting'; view: AskedView; channel: string }
  | { kind: 'needs-second'; asked: AskedFor; plan: PlanView; deadlines: Deadline[] }
  | { kind: 'shown-again'; notice: string; plan: PlanView; deadlines: Deadline[]; second: SecondOperator };

/** What somebody does about a change that waits for a second operator. */
export type AskedAnswer =
  /** `plan` is the digest of the plan that was shown; null where none was, so that it is shown first. */
  | { kind: 'confirm'; requestId: string; plan: string | null }
  | { kind: 'decline'; requestId: string; reason: string | null }
  | { kind: 'withdraw'; requestId: string };

/**
 * `beyond`: it is about users of whom the presser may not decide; `shown`: the plan is to be looked at first; `own`: the
 * presser has asked for it; `ended`: it waits no more.
 */
export type AskedOutcome =
  | { kind: 'refused'; sentence: string }
  | { kind: 'beyond'; sentence: string; askedBy: string }
  | LicensesWritten
  | { kind: 'shown'; view: AskedView; notice: string | null }
  | { kind: 'own'; view: AskedView; channel: string }
  | { kind: 'ended'; view: AskedView };

/**
 * `refused` says in a sentence why nothing changed, `showPlan` that the plan is to be shown; either way the view is the
 * incident as it is now.
 */
export type DecisionOutcome =
  | { kind: 'accepted'; view: IncidentView }
  | { kind: 'refused'; reason: string; showPlan?: true; view: IncidentView | null };

/** `refused` says in a sentence why nothing changed; either way the view is the alert as it is now. */
export type SecurityOutcome =
  | { kind: 'accepted'; view: SecurityView }
  | { kind: 'refused'; reason: string; view: SecurityView | null };

/** Who may take the first settings while no owner is set: `refused` says in a sentence why not this person. */
export type Founder = { kind: 'administrator' } | { kind: 'refused'; sentence: string };

/** Who may decide, as groups or directory roles are written. */
export type DecidersChosen = { owners: string; operators: string; readers: string };

/** `refused` says in a sentence why this cannot be; `asked` is what the next press does. */
export type DecidersAsked =
  | { kind: 'refused'; sentence: string }
  | { kind: 'asked'; asked: SettingsAsked; sentence: string; lead: string };

/**
 * `refused` says in a sentence why nothing changed, `accepted` what did and what takes it back; `waiting`: a second owner
 * has to confirm it.
 */
export type SettingsOutcome =
  | { kind: 'refused' | 'waiting'; sentence: string }
  | { kind: 'accepted'; sentence: string; wayBack: SettingChange[] | null };

/** All that the bot needs from the rest of the product; `src/app/bot-services.ts` makes it. */
export interface BotServices {
  /** The answer to a sentence; never throws for anything that a person can type. */
  ask(text: string, asker: Asker, access: Access, asked?: PageAsked): Promise<Answer>;
  /** A list as a file, of what somebody may see. */
  exportFile(
    request: ExportRequest,
    access: Pick<Access, 'sees' | 'role' | 'audits'>,
    asker: string,
  ): ExportFile;
  /**
   * People by the beginning of a name or an address, the best first; those of the latest incidents when nothing
   * is said. Each with an answer about their licenses as they are now.
   */
  findPeople(said: string, asker: Asker, access: Access): Promise<FoundPerson[]>;
  /** The incident as somebody sees it who sees these users and may act on those. */
  incident(id: string, viewer: Pick<Access, 'sees' | 'acts'>): Promise<IncidentView | null>;
  /** An alert of detections as somebody may see it, with the part that they ask for; null where they may not. */
  securityAlert(
    id: string,
    viewer: Pick<Access, 'sees'>,
    part: 'details' | 'around' | null,
  ): Promise<SecurityView | null>;
  /** As `decide`, about an alert of detections. */
  decideSecurity(request: SecurityRequest, by: Person, access: Access): Promise<SecurityOutcome>;
  /** Who may decide at all is checked by the caller, whom it may concern here. */
  decide(request: DecisionRequest, by: Person, access: Access): Promise<DecisionOutcome>;
  /** Rules, silences and marks, as asked for in the chat. */
  changeSuppression(request: SuppressionRequest, by: Person, access: Access): Promise<SuppressionOutcome>;
  /**
   * Gives or takes direct licenses, and waits a moment for what comes of it. `shown` is the digest of the plan that
   * was shown: nothing is done when it has changed since. `asking` is where somebody presses to ask a second operator.
   */
  changeLicenses(
    request: LicenseRequest,
    shown: string,
    by: Person,
    access: Access,
    asking: Asking | null,
  ): Promise<LicensesChanged>;
  /** Takes back what such a decision has written, within a day, and waits as before. */
  undoLicenses(
    decisionId: string,
    by: Person,
    access: Access,
    asking: Asking | null,
  ): Promise<LicensesChanged>;
  /** Whether a write to these users needs a second operator now, and whether one can be asked. */
  secondOperator(userIds: readonly string[], by: Person): Promise<SecondOperator>;
  /** Confirms, declines or withdraws what waits for a second operator; which users it may concern is checked here. */
  answerAsked(answer: AskedAnswer, by: Person, access: Access): Promise<AskedOutcome>;
  /** Tries everything that the product needs, once, and says what was found before. Nothing is written but that. */
  doctor(): Promise<DoctorReport>;
  /** Asks for a scan now, without waiting for it; says what will come of it. */
  requestScan(): Promise<ScanRequested>;
  /** Failing closed: role `none` when Graph cannot say. */
  access(person: Person): Promise<Access>;
  /** Notes that a card of ours stands where somebody pressed it: it may be one that Teams never confirmed. */
  cardSeen(seen: { cardKey: string; conversationKey: string; activityId: string }): Promise<void>;
  /**
   * Says that the bot was added to a channel, so that its open cards are shown there again.
   * @param wasKnown whether it was in the channel already, as far as it knew
   */
  addedTo(conversationKey: string, wasKnown: boolean): Promise<void>;
  /** Says that Teams is there: what waited for it is tried now. */
  teamsHeard(): Promise<void>;
  /** Says that a first channel is there, so that waiting cards go out at once. */
  alertTargetChanged(): void;
  /**
   * Sends alerts to this channel from now on, notes who decided it, says so in the channel that had them, and lets
   * waiting cards go out at once. False where they went there already.
   */
  postAlertsIn(conversationKey: string, by: Person): Promise<boolean>;
  /** Whether a setting gives anybody the role of an owner. */
  isOwned(): boolean;
  /** Whether somebody is an active administrator of the tenant who may take the first settings; asked of Microsoft. */
  founder(person: Person): Promise<Founder>;
  /** Changes settings, or answers a change that waits. That the person is an owner is checked by the caller. */
  changeSettings(asked: SettingsAsked, by: Person): Promise<SettingsOutcome>;
  /** Who may decide now, as a form has it; null where nobody is set. */
  deciders(): DecidersChosen | null;
  /** What it takes that these may decide. */
  chooseDeciders(chosen: DecidersChosen): Promise<DecidersAsked>;
  conversations: ConversationStore;
}
