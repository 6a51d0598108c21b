import { expect } from 'vitest';
import { systemClock } from '../../../src/app/system-clock.ts';
import type { SecurityIncident } from '../../../src/domain/detection/alerts/security-incident.ts';
import { MINUTE_MS } from '../../../src/domain/durations.ts';
import type { Decision } from '../../../src/domain/incident/decision.ts';
import type { Incident } from '../../../src/domain/incident/incident.ts';
import type { Clock, ConversationKind, IncidentCommit, Store } from '../../../src/domain/ports.ts';
import { LEASE_MS } from '../../../src/jobs/lease.ts';
import { aDecision } from '../../builders/incident/decision.ts';
import { aSecurityIncident } from '../../builders/security/security-incident.ts';
import { BotWithIncident, CHANNEL, type Exchange } from '../hostile/bot-with-incident.ts';
import { type Actor, from, IN_THE_UNIT, ROLE_SETTINGS, removeLee } from './cast.ts';

/**
 * What every refusal by role, tenant or scope says. A reader's card has a line about who decides, which refuses
 * nothing.
 */
export const REFUSED =
  /Only (operators|owners) can (do|decide) this(?!\.","wrap")|not among the people|another organisation|Guests cannot take the first settings|No owner is set yet/;
export const BEYOND =
  /This (would )?concerns? .*outside your administrative units|I do not know this snooze|What a group gives concerns everybody/;

/** The whole product with everybody of the cast, and an incident of five users that can be had anew. */
export class Stage {
  readonly bot = new BotWithIncident();
  /** The users of the incidents that are made; null: the five. */
  users: string[] | null = null;
  #ahead = 0;
  #ids = 0;
  readonly #clock: Clock = {
    now: () => this.now(),
    sleep: (ms, signal) => systemClock.sleep(ms, signal),
  };

  async start(settings: Record<string, string> = {}): Promise<void> {
    await this.bot.start({ ...ROLE_SETTINGS, ...settings }, this.#clock);
  }

  /** As `start`, without a port and without jobs. */
  async watch(settings: Record<string, string> = {}): Promise<void> {
    await this.bot.watch({ ...ROLE_SETTINGS, ...settings }, this.#clock);
  }

  /** Another process restores: what is decided here stays as it was stored. */
  async holdWrites(): Promise<void> {
    const { leases } = this.store;
    const term = await leases.take('restore', 'another-host/1/x/boot/space/1', LEASE_MS.restore, null);
    if (!term) throw new Error('somebody restores already');
    // As a process that lives: each renewal comes well before the end.
    const renewal = setInterval(() => {
      leases.renew(term, LEASE_MS.restore).catch(() => clearInterval(renewal));
    }, LEASE_MS.restore / 4).unref();
  }

  now(): number {
    return Date.now() + this.#ahead;
  }

  /** Lets the product's clock jump, so that what it remembers grows old. */
  advance(ms: number): void {
    this.#ahead += ms;
  }

  /** Takes Lee out of the operators, and lets the product forget that he was one. */
  removeLee(): void {
    removeLee(this.bot);
    this.advance(MINUTE_MS);
  }

  newId(): string {
    return `made-${++this.#ids}`;
  }

  get store(): Store {
    return this.bot.app.store;
  }

  /** The incident of the five, once more and untouched. */
  async incident(over: Partial<Incident> = {}): Promise<Incident> {
    const first = await this.store.incidents.byId(this.bot.incidentId);
    if (!first) throw new Error('start first');
    const id = this.newId();
    const userIds = over.userIds ?? this.users ?? first.userIds;
    const changes = await this.store.changes.byIds(first.changeIds);
    const theirs = changes.filter(({ change }) => userIds.includes(change.userId ?? ''));
    const incident = {
      ...first,
      id,
      fingerprint: id,
      revision: 1,
      status: 'open' as const,
      userIds,
      changeIds: theirs.map(({ change }) => change.id),
      ...over,
    };
    await this.commit({ incidents: [incident] });
    return incident;
  }

  /** An alert of detections about users of the unit, unless told otherwise, untouched. */
  async alert(over: Partial<SecurityIncident> = {}): Promise<SecurityIncident> {
    const id = this.newId();
    const alert = aSecurityIncident({ id, identity: id, userIds: [...IN_THE_UNIT], ...over });
    await this.commit({ security: { incidents: [alert] } });
    return alert;
  }

  async commit(commit: Partial<IncidentCommit>): Promise<void> {
    const nothing = { incidents: [], verdicts: [], settled: [], outbox: [] };
    expect(await this.store.incidents.commit({ ...nothing, ...commit })).toBe(true);
  }

  async forgetMarks(): Promise<void> {
    for (const { subject } of await this.store.suppression.marks()) {
      const decision = aDecision({ id: this.newId(), kind: 'unwatch', incidentId: null });
      await this.store.suppression.commit({ decision, unmark: subject });
    }
  }

  press(actor: Actor, where: ConversationKind, verb: string, data: object): Promise<Exchange> {
    return this.bot.press(verb, data, from(this.bot, actor, where));
  }

  say(actor: Actor, where: ConversationKind, text: string): Promise<Exchange> {
    return this.bot.send({ text, ...from(this.bot, actor, where) });
  }

  /** Decisions stored while something happens, oldest first. */
  async decidedDuring(work: () => Promise<unknown>): Promise<Decision[]> {
    const before = new Set((await this.store.decisions.recent(10_000)).map(({ id }) => id));
    await work();
    const after = await this.store.decisions.recent(10_000);
    return after.filter(({ id }) => !before.has(id)).toReversed();
  }

  /** All that a refused press must leave as it is. */
  async kept(): Promise<unknown> {
    return {
      rules: await this.store.suppression.rules(),
      silences: await this.store.suppression.silences(this.now()),
      marks: await this.store.suppression.marks(),
      expected: await this.store.security.rules(),
      settings: await this.store.settings.all(),
      target: (await this.store.conversations.alertTarget())?.key,
    };
  }

  async alertsInTheFirstChannel(): Promise<void> {
    await this.store.conversations.setAlertTarget(CHANNEL);
  }

  stop(): Promise<void> {
    return this.bot.stop();
  }
}

/** Everything that was said to somebody, in Teams or as the answer to a press; alerts go elsewhere meanwhile. */
export const saidTo = ({ text, said }: Exchange): string =>
  [text, ...said.map((activity) => JSON.stringify(activity)).filter((json) => !json.includes(CHANNEL))].join(
    '\n',
  );
