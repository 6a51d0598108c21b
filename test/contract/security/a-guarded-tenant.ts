import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import { loadDetections } from '../../../src/app/detections.ts';
import type { SecurityView } from '../../../src/domain/detection/alerts/view.ts';
import type { Store } from '../../../src/domain/ports.ts';
import { collect } from '../../../src/jobs/collect/collect.ts';
import type { JobContext } from '../../../src/jobs/context.ts';
import { deliver } from '../../../src/jobs/delivery/deliver.ts';
import { closeQuietAlerts } from '../../../src/jobs/detect/close-quiet.ts';
import { detect } from '../../../src/jobs/detect/detect.ts';
import { connectTenant } from '../../../src/microsoft365/connect/connect-tenant.ts';
import { type Simulator, startSimulator } from '../../../src/simulator/start.ts';
import { openStore } from '../../../src/storage/open-store.ts';
import { aChannel, aJobWorld } from '../../builders/jobs/job-context.ts';
import { sharedCertificate } from '../../builders/simulator/shared-certificate.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { FakeNotifier } from '../../fakes/fake-notifier.ts';

const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/**
 * The tenant of the scenario `security-night`, read by the product's own readers over HTTPS into a database file, with
 * the shipped detections; only Teams is a fake.
 */
export class GuardedTenant {
  readonly clock = new FakeClock();
  readonly notifier = new FakeNotifier();
  #simulator: Simulator | null = null;
  #folder = '';
  #store: Store | null = null;
  #context: JobContext | null = null;
  #ids = 0;

  async start(): Promise<void> {
    this.#simulator = await startSimulator({
      scenario: 'security-night',
      clock: this.clock,
      certificate: await sharedCertificate(),
    });
    tls.setDefaultCACertificates([this.#simulator.caCertificate]);
    this.#folder = await mkdtemp(path.join(tmpdir(), 'license-watch-night-'));
    await this.restart();
    await this.store.conversations.upsert(aChannel());
    // What happened before the feeds were asked for stays closed.
    await this.work();
    this.#simulator.tenant.play();
  }

  /** Opens the database, the connection and the detections again, as a restarted process does. */
  async restart(): Promise<void> {
    await this.#store?.close();
    const store = await openStore({ url: `file:${this.#folder}/watch.db` });
    this.#store = store;
    const simulator = this.#simulator;
    if (!simulator) throw new Error('not started');
    const { origin } = simulator;
    const { auditReaders, reader, auditing } = connectTenant({
      cloud: { name: 'custom', endpoints: { authority: origin, graph: origin, managementApi: origin } },
      tenantId: simulator.tenantId,
      clientId: simulator.clientId,
      credential: { kind: 'secret', secret: simulator.clientSecret },
      clock: this.clock,
      random: () => 0.5,
      log: silent,
    });
    const { context, store: unused } = await aJobWorld({ settleMs: 0 });
    await unused.close();
    const rules = await loadDetections(
      { path: null, values: null },
      { now: () => this.clock.now(), log: silent },
    );
    this.#context = {
      ...context,
      store,
      clock: this.clock,
      notifier: this.notifier,
      auditReaders,
      reader,
      auditing,
      detector: rules.detector,
      newId: () => `id-${String(++this.#ids).padStart(5, '0')}`,
    };
  }

  get store(): Store {
    if (!this.#store) throw new Error('not started');
    return this.#store;
  }

  /** What the product does again and again: collects, looks, and tells. */
  async work(): Promise<void> {
    const context = this.#context;
    if (!context) throw new Error('not started');
    await collect(context, new AbortController().signal);
    await detect(context);
    await closeQuietAlerts(context);
    await deliver(context, async () => null);
  }

  /** Lets so many seconds pass, with work every five of them. */
  async pass(seconds: number): Promise<void> {
    for (let passed = 0; passed < seconds; passed += 5) {
      this.clock.advance(5_000);
      await this.work();
    }
  }

  /** The cards of alerts that were posted: what they said last, in the order of their posts. */
  cards(): SecurityView[] {
    const last = new Map<string, SecurityView>();
    for (const { message } of this.notifier.sent) {
      if (message.kind === 'security') last.set(message.key, message.view);
    }
    return this.notifier.posts.flatMap(({ message }) =>
      message.kind === 'security' ? (last.get(message.key) ?? []) : [],
    );
  }

  async close(): Promise<void> {
    await this.#store?.close();
    await this.#simulator?.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
