import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import type { Answer } from '../../../src/answers/answer/answer.ts';
import { createAsk } from '../../../src/answers/ask.ts';
import { loadIncidentView } from '../../../src/answers/incident.ts';
import { storeReadiness } from '../../../src/app/readiness.ts';
import { DAY_MS, MINUTE_MS } from '../../../src/domain/durations.ts';
import type { Health } from '../../../src/domain/health/health.ts';
import type { ScanRecord, Store } from '../../../src/domain/ports.ts';
import type { JobContext } from '../../../src/jobs/context.ts';
import { attributeDue } from '../../../src/jobs/explain/attribute.ts';
import { type ScanRequest, scan } from '../../../src/jobs/scan/scan.ts';
import { raiseScanAlarm } from '../../../src/jobs/scan/scan-alarm.ts';
import { verify } from '../../../src/jobs/upkeep/verify.ts';
import { type ConnectedTenant, connectTenant } from '../../../src/microsoft365/connect/connect-tenant.ts';
import { FORUM_VICTIMS } from '../../../src/simulator/scenarios/forum.ts';
import { type Simulator, startSimulator } from '../../../src/simulator/start.ts';
import { openStore } from '../../../src/storage/open-store.ts';
import { aJobWorld } from '../../builders/jobs/job-context.ts';
import { aManualClock, type ManualClock } from '../../builders/manual-clock.ts';

export const PRODUCT = 'O365_BUSINESS_PREMIUM';

/** Readiness of the default schedules. */
const READINESS_LIMITS = { scan: 15 * MINUTE_MS, fullScan: DAY_MS, collection: 15 * MINUTE_MS };

/** Short enough for a test, and of the same form as in production. */
const LIMITS = {
  maxAttempts: 3,
  maxRetryAfterMs: 120_000,
  firstPauseMs: 1_000,
  maxPauseMs: 30_000,
  timeoutMs: 250,
  maxPages: 25,
};

/**
 * A simulated tenant, read by the real reader into a real database file. Five people have lost a license,
 * and the incident is open. The clock is the test's: nothing really waits.
 */
export class WatchedTenant {
  readonly clock: ManualClock = aManualClock();
  #simulator: Simulator | null = null;
  #folder = '';
  #store: Store | null = null;
  #connected: ConnectedTenant | null = null;
  #context: JobContext | null = null;

  /** Only connects: nothing has been read yet. */
  async begin(): Promise<void> {
    this.#simulator = await startSimulator({ scenario: 'forum', clock: this.clock });
    tls.setDefaultCACertificates([...tls.getCACertificates('default'), this.#simulator.caCertificate]);
    this.#folder = await mkdtemp(path.join(tmpdir(), 'license-watch-'));
    await this.restart();
  }

  async start(): Promise<void> {
    await this.begin();
    await this.scan('full');
    this.withdraw(...FORUM_VICTIMS);
    await this.scan('full');
  }

  /** Opens the database anew and connects anew, as a restarted process does. */
  async restart(over: { clientSecret?: string; origin?: string } = {}): Promise<void> {
    await this.#store?.close();
    this.#store = await openStore({ url: `file:${this.#folder}/watch.db` });
    const { simulator, clock } = this;
    const origin = over.origin ?? simulator.origin;
    this.#connected = connectTenant({
      cloud: {
        name: 'custom',
        endpoints: { authority: origin, graph: origin, managementApi: origin },
      },
      tenantId: simulator.tenantId,
      clientId: simulator.clientId,
      credential: { kind: 'secret', secret: over.clientSecret ?? simulator.clientSecret },
      clock,
      random: () => 0.5,
      log: { debug: () => undefined, warn: () => undefined },
      limits: LIMITS,
    });
    const { context, store } = await aJobWorld({ settleMs: 0 });
    await store.close();
    const { reader, writer, auditReaders, auditing } = this.#connected;
    let ids = 0;
    const process = `${clock.now()}-${Math.random()}`;
    this.#context = {
      ...context,
      newId: () => `${process}-${++ids}`,
      store: this.#store,
      clock,
      reader,
      writer,
      auditReaders,
      auditing,
    };
  }

  get simulator(): Simulator {
    if (!this.#simulator) throw new Error('start first');
    return this.#simulator;
  }

  get store(): Store {
    if (!this.#store) throw new Error('start first');
    return this.#store;
  }

  get jobs(): JobContext {
    if (!this.#context) throw new Error('start first');
    return this.#context;
  }

  withdraw(...users: string[]): void {
    this.simulator.tenant.act({ kind: 'withdraw-license', users, sku: PRODUCT });
  }

  /** A read and what the scheduler does after it. */
  async scan(kind: 'full' | 'delta', signal = new AbortController().signal): Promise<ScanRecord> {
    this.clock.advance(MINUTE_MS);
    const request: ScanRequest = { kind };
    const record = await scan(this.jobs, request, signal);
    await verify(this.jobs);
    await raiseScanAlarm(this.jobs);
    await attributeDue(this.jobs);
    return record;
  }

  status(): Promise<Answer> {
    return createAsk({
      store: this.store,
      now: () => this.clock.now(),
      timeZone: 'UTC',
      incidentView: (id, { sees }) => loadIncidentView(this.store, id, { now: this.clock.now(), sees }),
    })('status', { userId: null, timeZone: null, sees: null, acts: null });
  }

  readiness(): Promise<Health> {
    return storeReadiness(this.store, this.clock.now(), READINESS_LIMITS);
  }

  /** What an outage may not touch. */
  async watched(): Promise<unknown> {
    const { store } = this;
    const users: unknown[] = [];
    for await (const some of store.users.all()) users.push(...some);
    return {
      users,
      tenant: await store.users.tenant(),
      changes: await store.changes.find({}),
      incidents: await store.incidents.recent(100),
      cards: (await store.outbox.due(Number.MAX_SAFE_INTEGER)).filter(
        ({ message }) => message.kind === 'incident',
      ),
      deltaLink: await store.scans.deltaLink(),
    };
  }

  async notices(): Promise<{ title: string; text: string }[]> {
    const due = await this.store.outbox.due(Number.MAX_SAFE_INTEGER);
    return due.flatMap(({ message }) => (message.kind === 'notice' ? [message] : []));
  }

  async stop(): Promise<void> {
    await this.#store?.close();
    await this.#simulator?.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
