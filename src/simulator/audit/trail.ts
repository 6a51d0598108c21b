import type { ActivityFeed } from '../activity/feed.ts';
import { MINUTE_MS } from '../durations.ts';
import type { Behaviour } from '../tenant/behaviour.ts';
import type { Catalogue } from '../tenant/catalogue.ts';
import type { TenantClock } from '../tenant/clock.ts';
import type { IdSource } from '../tenant/ids.ts';
import { activityRecord } from './activity-record.ts';
import { type DirectoryAudit, directoryRecord } from './directory-record.ts';
import type { AuditFact, AuditSource, Logging } from './fact.ts';
import { type LicenseChange, licenseChangeFacts } from './license-change.ts';
import { licensingServiceFacts } from './licensing-service.ts';

type Entry = { record: DirectoryAudit; at: number; availableAt: number };

type Parts = {
  tenantId: string;
  domain: string;
  behaviour: Behaviour;
  catalogue: Catalogue;
  clock: TenantClock;
  ids: IdSource;
  feed: ActivityFeed;
};

/** How much later the second copy of a duplicated record comes, ms before speed. */
const COPY_DELAY_MS = 5 * MINUTE_MS;

/** What the tenant's two audit logs hold, and when each record can first be read. */
export class AuditTrail {
  readonly #parts: Parts;
  readonly #entries: Entry[] = [];
  #serial = 25_149_000;
  #licenseChanges = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Logs something other than a license change, in both logs; `missing` logs nothing. */
  write(fact: AuditFact, logging: Logging): void {
    if (logging.variant === 'missing') return;
    this.#writeTo('directoryAudits', fact, logging);
    this.#writeTo('activity', fact, logging);
  }

  /** Logs a license change in the form that `logging` chooses. */
  writeLicenseChange(change: LicenseChange, logging: Logging): void {
    const { catalogue, tenantId, ids } = this.#parts;
    if (logging.variant !== 'missing' && this.#byTheService(change)) {
      for (const fact of licensingServiceFacts(change, () => ids.next())) this.write(fact, logging);
      return;
    }
    const context = { catalogue, tenantId, newId: () => ids.next() };
    for (const source of ['directoryAudits', 'activity'] as const) {
      for (const fact of licenseChangeFacts(change, logging.variant, source, context)) {
        this.#writeTo(source, fact, logging);
      }
    }
  }

  /** Whether Microsoft's licensing service writes this record; mixed, it writes every other one. */
  #byTheService({ actor }: LicenseChange): boolean {
    const { licenseRecords } = this.#parts.behaviour;
    if (actor.kind === 'licensing-service') return true;
    this.#licenseChanges += 1;
    return (
      licenseRecords === 'licensing-service' || (licenseRecords === 'mixed' && this.#licenseChanges % 2 === 0)
    );
  }

  /** Puts a finished record into directoryAudits. */
  add(record: DirectoryAudit, availableAt: number): void {
    this.#entries.push({ record, at: Date.parse(record.activityDateTime), availableAt });
  }

  /** Records that can be read at `now`, newest first. */
  readable(now: number): DirectoryAudit[] {
    return this.#entries
      .filter((entry) => entry.availableAt <= now)
      .sort((a, b) => b.at - a.at)
      .map((entry) => entry.record);
  }

  #writeTo(source: AuditSource, fact: AuditFact, logging: Logging): void {
    const { behaviour, clock } = this.#parts;
    const copies = logging.variant === 'duplicate' ? [0, COPY_DELAY_MS] : [0];
    const base =
      source === 'directoryAudits'
        ? (logging.directoryAuditDelayMs ?? behaviour.directoryAuditDelayMs)
        : (logging.activityDelayMs ?? behaviour.activityDelayMs);
    const availableAt = copies.map((later) => fact.at + clock.scaled(base + later));
    if (source === 'directoryAudits') {
      this.#serial += 1;
      const record = directoryRecord(fact, this.#serial, behaviour.groupLicensingName);
      for (const at of availableAt) this.add(record, at);
      return;
    }
    const { tenantId, domain, ids, feed } = this.#parts;
    const context = { id: ids.next(), tenantId, domain, groupLicensingName: behaviour.groupLicensingName };
    const record = activityRecord(fact, context);
    for (const at of availableAt) feed.publish('Audit.AzureActiveDirectory', record, at);
  }
}
