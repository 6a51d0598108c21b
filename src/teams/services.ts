import type { Answer } from '../answers/answer.ts';
import type { DecisionRequest, Person } from '../domain/incident/decision.ts';

import type { IncidentView } from '../domain/incident/view.ts';
import type { ConversationStore } from '../domain/ports.ts';

/** What somebody may do; each role may do what those before it may. */
export type Role = 'none' | 'reader' | 'operator' | 'owner';

export type Asker = {
  person: Person;
  /** IANA name that Teams sends with the activity. */
  timeZone: string | null;
  locale: string | null;
  /** Incident that the message answers to, when known. */
  conversationKey: string;
};

/** `refused` says in a sentence why nothing changed; either way the view is the incident as it is now. */
export type DecisionOutcome =
  | { kind: 'accepted'; view: IncidentView }
  | { kind: 'refused'; reason: string; view: IncidentView | null };

/** All that the bot needs from the rest of the product; `compose.ts` makes it. */
export interface BotServices {
  /** The answer to a sentence; never throws for anything that a person can type. */
  ask(text: string, asker: Asker): Promise<Answer>;
  incident(id: string): Promise<IncidentView | null>;
  decide(request: DecisionRequest, by: Person): Promise<DecisionOutcome>;
  /** Starts a scan now, without waiting for it. */
  requestScan(): Promise<'started' | 'already-running'>;
  /** Failing closed: `none` when Graph cannot say. */
  role(person: Person): Promise<Role>;
  /** Says that a first channel is there, so that waiting cards go out at once. */
  alertTargetChanged(): void;
  /** Sends alerts to this channel from now on, notes who decided it, and lets waiting cards go out at once. */
  postAlertsIn(conversationKey: string, by: Person): Promise<void>;
  conversations: ConversationStore;
}
