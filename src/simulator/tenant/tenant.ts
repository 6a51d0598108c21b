import type { ActivityFeed } from '../activity/feed.ts';
import type { AuditTrail } from '../audit/trail.ts';
import type { Agenda } from './agenda.ts';
import type { Behaviour } from './behaviour.ts';
import type { Catalogue } from './catalogue.ts';
import type { ChangeLog } from './change-log.ts';
import type { Channel } from './channel.ts';
import type { TenantClock } from './clock.ts';
import type { Directory } from './directory.ts';
import type { GroupRepository } from './groups.ts';
import type { HealthBoard } from './health.ts';
import type { IdSource } from './ids.ts';
import type { RoleBook } from './role-assignments.ts';
import type { Stock } from './stock.ts';
import type { SubscriptionBook } from './subscriptions.ts';
import type { Teams } from './teams.ts';
import type { UnitBook } from './units.ts';

/** Names and addresses of the organisation. */
export type Organization = {
  readonly tenantId: string;
  readonly displayName: string;
  readonly domain: string;
  readonly initialDomain: string;
  readonly country: string;
  readonly createdAt: number;
};

/** The state of one Microsoft 365 tenant. Rooms of the simulator read and write it; it knows no HTTP. */
export type Tenant = {
  readonly organization: Organization;
  readonly clock: TenantClock;
  readonly agenda: Agenda;
  readonly ids: IdSource;
  readonly behaviour: Behaviour;
  readonly catalogue: Catalogue;
  readonly stock: Stock;
  readonly directory: Directory;
  readonly groups: GroupRepository;
  readonly units: UnitBook;
  readonly roles: RoleBook;
  readonly changes: ChangeLog;
  readonly audit: AuditTrail;
  readonly activity: ActivityFeed;
  readonly health: HealthBoard;
  readonly subscriptions: SubscriptionBook;
  readonly channel: Channel;
  readonly teams: Teams;
};

/** Runs what has become due and says what time it is. Every request begins with it. */
export function settle(tenant: Tenant): number {
  const now = tenant.clock.now();
  tenant.agenda.runDue(now);
  return now;
}
