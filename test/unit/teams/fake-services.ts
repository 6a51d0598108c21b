import type { Answer } from '../../../src/answers/answer.ts';
import type { DecisionRequest, Person } from '../../../src/domain/incident/decision.ts';
import type { IncidentView } from '../../../src/domain/incident/view.ts';
import type { Asker, BotServices, DecisionOutcome, Role } from '../../../src/teams/services.ts';
import { anAnswer } from '../../builders/answer.ts';
import { anIncidentView } from '../../builders/incident-view.ts';
import { MemoryConversations } from './memory-conversations.ts';

/** The rest of the product as the bot sees it; a test sets what it needs and reads what was asked. */
export class FakeServices implements BotServices {
  readonly conversations = new MemoryConversations();
  readonly asked: { text: string; asker: Asker }[] = [];
  readonly decided: { request: DecisionRequest; by: Person }[] = [];
  readonly incidents = new Map<string, IncidentView>();
  answer: (text: string) => Answer | Promise<Answer> = () => anAnswer();
  outcome: (request: DecisionRequest) => DecisionOutcome = () => ({
    kind: 'accepted',
    view: anIncidentView(),
  });
  roles = new Map<string, Role>();
  scans = 0;
  alertTargetChanges = 0;

  async ask(text: string, asker: Asker): Promise<Answer> {
    this.asked.push({ text, asker });
    return this.answer(text);
  }

  async incident(id: string): Promise<IncidentView | null> {
    return this.incidents.get(id) ?? null;
  }

  async decide(request: DecisionRequest, by: Person): Promise<DecisionOutcome> {
    this.decided.push({ request, by });
    return this.outcome(request);
  }

  async requestScan(): Promise<'started' | 'already-running'> {
    this.scans++;
    return this.scans === 1 ? 'started' : 'already-running';
  }

  async role(person: Person): Promise<Role> {
    return this.roles.get(person.aadObjectId) ?? 'none';
  }

  async postAlertsIn(conversationKey: string): Promise<void> {
    await this.conversations.setAlertTarget(conversationKey);
    this.alertTargetChanges++;
  }

  alertTargetChanged(): void {
    this.alertTargetChanges++;
  }
}
