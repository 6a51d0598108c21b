import { MINUTE_MS } from '../../../src/domain/durations.ts';
import type { FeedSummary } from '../../../src/domain/ports/audit.ts';
import { collect } from '../../../src/jobs/collect/collect.ts';
import { anArchivedEvent } from '../../builders/audit/archived-event.ts';
import { aJobWorld, type JobWorld } from '../../builders/jobs/job-context.ts';
import { FakeAuditFeed } from '../../fakes/fake-audit-feed.ts';

const signal = new AbortController().signal;

/** A world with one feed of audit records, and what came of collecting from it. */
export class CollectingWorld {
  readonly entra = new FakeAuditFeed();
  readonly world: JobWorld;

  private constructor(world: JobWorld) {
    this.world = world;
    world.context.auditReaders = [this.entra];
  }

  static async open(): Promise<CollectingWorld> {
    return new CollectingWorld(await aJobWorld());
  }

  close = () => this.world.store.close();
  run = () => collect(this.world.context, signal);

  /** A collection each five minutes, as scheduled. */
  async runFor(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 5 * MINUTE_MS) {
      this.world.clock.advance(5 * MINUTE_MS);
      await this.run();
    }
  }

  show(id: string, at: number): void {
    this.entra.shown.push({ at, event: anArchivedEvent({ id, at }) });
  }

  async stored(): Promise<string[]> {
    const events = await this.world.store.audit.find({ from: 0, to: this.world.clock.now() });
    return events.map((event) => event.id);
  }

  async summary(): Promise<FeedSummary | undefined> {
    return (await this.world.store.audit.feeds())[0];
  }

  async completeTo() {
    return (await this.world.store.audit.coverage())[0];
  }
}
