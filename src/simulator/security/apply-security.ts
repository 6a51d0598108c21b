import { DAY_MS } from '../durations.ts';
import { ADMIN_UPN } from '../scenarios/well-known.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { type AttackStep, attackStep } from './attack.ts';
import type { Cast, LogLine } from './log-lines.ts';
import { ordinaryDay } from './ordinary-day.ts';

/** Writes so many days of ordinary work that came before `at` (ms UTC) into both logs, to be read from now on. */
export function writeOrdinaryDays(tenant: Tenant, days: number, at: number): void {
  for (let back = days - 1; back >= 0; back--) {
    publish(tenant, ordinaryDay(castOf(tenant), at - back * DAY_MS, back + 1), at);
  }
}

/** Writes the records of a step of an attack. The tenant that is told to write no records does so from then on. */
export function writeAttackStep(tenant: Tenant, step: AttackStep, at: number): void {
  publish(tenant, attackStep(castOf(tenant), step, at), at);
  if (step === 'auditing-off') tenant.activity.auditingEnabled = false;
}

function castOf(tenant: Tenant): Cast {
  return {
    tenantId: tenant.organization.tenantId,
    domain: ADMIN_UPN.split('@')[1] ?? '',
    people: workers(tenant),
    admin: ADMIN_UPN,
    newId: () => tenant.ids.next(),
  };
}

/** As many as a month of records stays small with. */
const WORKERS = 40;

function workers({ directory }: Tenant): Cast['people'] {
  const people: Cast['people'][number][] = [];
  for (let slot = 0; slot < directory.slots && people.length < WORKERS; slot++) {
    const account = directory.at(slot);
    if (account?.userType !== 'Member' || !account.accountEnabled || account.userPrincipalName === ADMIN_UPN)
      continue;
    people.push({ upn: account.userPrincipalName, id: account.id, name: account.displayName });
  }
  return people;
}

/** Of so many records one comes late, and one is delivered once more; both by so much, ms before speed. */
const LATE = { oneIn: 11, ms: 4_000 };
const COPIED = { oneIn: 7, ms: 6_000 };

function publish(tenant: Tenant, lines: readonly LogLine[], at: number): void {
  for (const [index, line] of lines.entries()) {
    const readyAt = index % LATE.oneIn === 3 ? at + tenant.clock.scaled(LATE.ms) : at;
    if (line.log === 'directory') {
      tenant.audit.add(line.record, readyAt);
      continue;
    }
    tenant.activity.publish(line.contentType, line.record, readyAt);
    if (index % COPIED.oneIn === 0) {
      tenant.activity.publish(line.contentType, line.record, readyAt + tenant.clock.scaled(COPIED.ms));
    }
  }
}
