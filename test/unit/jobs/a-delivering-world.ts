import { loadIncidentView } from '../../../src/answers/incident.ts';
import type { Incident } from '../../../src/domain/incident/incident.ts';
import type { SendFailure } from '../../../src/domain/ports.ts';
import { deliver, type LoadIncidentView } from '../../../src/jobs/delivery/deliver.ts';
import { noteSeenCard } from '../../../src/jobs/delivery/seen-card.ts';
import { cardFor } from '../../../src/jobs/outgoing/outgoing.ts';
import { anIncident } from '../../builders/incident/incident.ts';
import { aChannel, aJobWorld, type JobWorld } from '../../builders/jobs/job-context.ts';

export const CHANNEL = aChannel().key;

export const NO_ANSWER = {
  ok: false,
  retryable: true,
  about: 'teams',
  reason: 'No answer.',
  maybeSent: true,
} as const;
export const AWAY: SendFailure = {
  ok: false,
  retryable: true,
  about: 'teams',
  reason: 'Teams failed (503).',
};
export const DELETED: SendFailure = {
  ok: false,
  retryable: false,
  about: 'card',
  reason: 'The card was deleted.',
};
export const GONE: SendFailure = {
  ok: false,
  retryable: false,
  about: 'channel',
  reason: 'The channel is gone.',
};

/** A world with a channel for alerts, and what came of delivering to it. */
export class DeliveringWorld {
  readonly world: JobWorld;
  readonly counted: string[] = [];

  private constructor(world: JobWorld) {
    this.world = world;
    world.context.metrics.cardDelivered = (outcome) => this.counted.push(outcome);
  }

  static async open(): Promise<DeliveringWorld> {
    const world = await aJobWorld();
    await world.store.conversations.upsert(aChannel());
    return new DeliveringWorld(world);
  }

  close = () => this.world.store.close();
  load: LoadIncidentView = (id, sees) =>
    loadIncidentView(this.world.store, id, { now: this.world.clock.now(), sees });
  send = () => deliver(this.world.context, this.load);

  /** Stores an incident at its next revision and queues its card. */
  async stir(id = 'incident-1', over: Partial<Incident> = {}): Promise<Incident> {
    const before = await this.world.store.incidents.byId(id);
    const revision = (before?.revision ?? 0) + 1;
    const fresh = before ?? anIncident({ id, fingerprint: id, changeIds: [`${id}-change`] });
    const incident = { ...fresh, revision, ...over };
    const outbox = [cardFor(incident, this.world.clock.now())];
    await this.world.store.incidents.commit({ incidents: [incident], verdicts: [], settled: [], outbox });
    return incident;
  }

  told = () => this.world.notifier.sent.map(({ how, activityId, message }) => [how, activityId, message.key]);

  async log(): Promise<string[]> {
    return (await this.load('incident-1', null))?.log.map(({ what }) => what) ?? [];
  }

  press = (activityId: string, conversationKey = CHANNEL) =>
    noteSeenCard(this.world.context, { cardKey: 'incident:incident-1', conversationKey, activityId });
}
