import type { Answer } from '../../../src/answers/answer/answer.ts';
import type { ExportRequest } from '../../../src/answers/answer/export-request.ts';
import type { PageAsked } from '../../../src/answers/ask.ts';
import type { FoundPerson } from '../../../src/answers/find-people.ts';
import { type Access, NO_ACCESS, type Role } from '../../../src/domain/access/access.ts';
import type { Person } from '../../../src/domain/access/person.ts';
import type { SecurityView } from '../../../src/domain/detection/alerts/view.ts';
import type { DoctorReport } from '../../../src/domain/doctor/report.ts';
import type {
  DecisionRequest,
  SecurityRequest,
  SuppressionRequest,
} from '../../../src/domain/incident/decision.ts';
import type { IncidentView } from '../../../src/domain/incident-view/view.ts';
import type { SecondOperator } from '../../../src/domain/restore/requests/asked-view.ts';
import type { LicenseRequest } from '../../../src/domain/restore/requests/on-request.ts';
import type { ScanRequested } from '../../../src/domain/scan/scan-requested.ts';
import { reversed, type SettingsAsked } from '../../../src/domain/settings/setting-change.ts';
import type {
  AskedAnswer,
  AskedOutcome,
  Asker,
  BotServices,
  DecidersAsked,
  DecidersChosen,
  DecisionOutcome,
  ExportFile,
  Founder,
  LicensesChanged,
  SecurityOutcome,
  SettingsOutcome,
  SuppressionOutcome,
} from '../../../src/teams/services.ts';
import { anAnswer } from '../../builders/answer.ts';
import { anIncidentView } from '../../builders/incident/incident-view.ts';
import { MemoryConversations } from './memory-conversations.ts';

/** The rest of the product as the bot sees it; a test sets what it needs and reads what was asked. */
export class FakeServices implements BotServices {
  readonly conversations = new MemoryConversations();
  readonly asked: { text: string; asker: Asker; access: Access; page?: PageAsked }[] = [];
  readonly decided: { request: DecisionRequest; by: Person; access: Access }[] = [];
  readonly stood: { request: SuppressionRequest; by: Person; access: Access }[] = [];
  readonly licensesChanged: { request: LicenseRequest; shown: string }[] = [];
  readonly licensesUndone: string[] = [];
  licenses: () => LicensesChanged = () => ({
    kind: 'accepted',
    sentence: 'Lee Gu has Visio Plan 2 now.',
    deadlines: [],
    undo: null,
    second: 'not-needed',
  });
  second: SecondOperator = 'not-needed';
  readonly askedAnswers: AskedAnswer[] = [];
  askedOutcome: (answer: AskedAnswer) => AskedOutcome = () => ({
    kind: 'refused',
    sentence: 'I do not know this request.',
  });
  /** For whom incidents were loaded. */
  readonly viewers: Pick<Access, 'sees' | 'acts'>[] = [];
  readonly incidents = new Map<string, IncidentView>();
  answer: (text: string) => Answer | Promise<Answer> = () => anAnswer();
  outcome: (request: DecisionRequest) => DecisionOutcome = () => ({
    kind: 'accepted',
    view: anIncidentView(),
  });
  standing: (request: SuppressionRequest) => SuppressionOutcome = () => ({
    kind: 'accepted',
    sentence: 'Done.',
  });
  roles = new Map<string, Role>();
  /** The scope of those who have one; everybody else with a role sees and acts on everybody. */
  scopes = new Map<string, Pick<Access, 'sees' | 'acts'>>();
  exported: (request: ExportRequest) => ExportFile = () => ({
    name: 'list.csv',
    lines: async function* () {
      yield { text: 'id\r\n', rows: 0 };
    },
  });
  found: (said: string) => FoundPerson[] = () => [];
  readonly cardsSeen: { cardKey: string; conversationKey: string; activityId: string }[] = [];
  /** Channels to which the bot was added, and whether it knew them. */
  readonly added: [string, boolean][] = [];
  timesHeard = 0;
  scans = 0;
  alertTargetChanges = 0;

  async cardSeen(seen: { cardKey: string; conversationKey: string; activityId: string }): Promise<void> {
    this.cardsSeen.push(seen);
  }

  async addedTo(conversationKey: string, wasKnown: boolean): Promise<void> {
    this.added.push([conversationKey, wasKnown]);
  }

  async teamsHeard(): Promise<void> {
    this.timesHeard++;
  }

  async ask(text: string, asker: Asker, access: Access, page?: PageAsked): Promise<Answer> {
    this.asked.push({ text, asker, access, ...(page ? { page } : {}) });
    return this.answer(text);
  }

  async incident(id: string, viewer: Pick<Access, 'sees' | 'acts'>): Promise<IncidentView | null> {
    this.viewers.push(viewer);
    return this.incidents.get(id) ?? null;
  }

  /** What is shown of an alert of detections; null: none is known. */
  securityView: SecurityView | null = null;
  readonly securityDecided: SecurityRequest[] = [];
  async securityAlert(): Promise<SecurityView | null> {
    return this.securityView;
  }
  async decideSecurity(request: SecurityRequest): Promise<SecurityOutcome> {
    this.securityDecided.push(request);
    return this.securityView
      ? { kind: 'accepted', view: this.securityView }
      : { kind: 'refused', reason: 'I do not know this alert.', view: null };
  }
  async decide(request: DecisionRequest, by: Person, access: Access): Promise<DecisionOutcome> {
    this.decided.push({ request, by, access });
    return this.outcome(request);
  }

  async changeSuppression(
    request: SuppressionRequest,
    by: Person,
    access: Access,
  ): Promise<SuppressionOutcome> {
    this.stood.push({ request, by, access });
    return this.standing(request);
  }

  async changeLicenses(request: LicenseRequest, shown: string): Promise<LicensesChanged> {
    this.licensesChanged.push({ request, shown });
    return this.licenses();
  }

  async undoLicenses(decisionId: string): Promise<LicensesChanged> {
    this.licensesUndone.push(decisionId);
    return this.licenses();
  }

  async secondOperator(): Promise<SecondOperator> {
    return this.second;
  }

  async answerAsked(answer: AskedAnswer): Promise<AskedOutcome> {
    this.askedAnswers.push(answer);
    return this.askedOutcome(answer);
  }

  exportFile(request: ExportRequest): ExportFile {
    return this.exported(request);
  }

  async findPeople(said: string): Promise<FoundPerson[]> {
    return this.found(said);
  }

  async doctor(): Promise<DoctorReport> {
    return { at: Date.now(), findings: [], before: null };
  }

  async requestScan(): Promise<ScanRequested> {
    this.scans++;
    return this.scans === 1
      ? { kind: 'starts', by: null, throttled: null }
      : { kind: 'running', since: Date.now(), by: null };
  }

  async access({ aadObjectId }: Person): Promise<Access> {
    const role = this.roles.get(aadObjectId);
    if (role === undefined || role === 'none') return NO_ACCESS;
    return { role, ...(this.scopes.get(aadObjectId) ?? { sees: null, acts: null }) };
  }

  async postAlertsIn(conversationKey: string): Promise<boolean> {
    if ((await this.conversations.alertTarget())?.key === conversationKey) return false;
    await this.conversations.setAlertTarget(conversationKey);
    this.alertTargetChanges++;
    return true;
  }

  /** Whether an owner is set; without one, only the founder may take the first settings. */
  owned = true;
  founders = new Set<string>();
  readonly settingsChanged: SettingsAsked[] = [];
  settingsOutcome: (asked: SettingsAsked) => SettingsOutcome = (asked) => ({
    kind: 'accepted',
    sentence: 'Changed.',
    wayBack: asked.kind === 'change' ? reversed(asked.changes) : null,
  });
  decidersAsked: DecidersAsked = { kind: 'refused', sentence: 'I know no group called “X”.' };

  isOwned(): boolean {
    return this.owned;
  }

  async founder({ aadObjectId }: Person): Promise<Founder> {
    return this.founders.has(aadObjectId)
      ? { kind: 'administrator' }
      : { kind: 'refused', sentence: 'No owner is set yet.' };
  }

  async changeSettings(asked: SettingsAsked): Promise<SettingsOutcome> {
    this.settingsChanged.push(asked);
    return this.settingsOutcome(asked);
  }

  deciders(): DecidersChosen | null {
    return null;
  }

  async chooseDeciders(): Promise<DecidersAsked> {
    return this.decidersAsked;
  }

  alertTargetChanged(): void {
    this.alertTargetChanges++;
  }
}
