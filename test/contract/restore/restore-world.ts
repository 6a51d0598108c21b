import { loadIncidentView } from '../../../src/answers/incident.ts';
import { MINUTE_MS } from '../../../src/domain/durations.ts';
import type { Incident } from '../../../src/domain/incident/incident.ts';
import type { IncidentView } from '../../../src/domain/incident-view/view.ts';
import type { UserState } from '../../../src/domain/license/user-state.ts';
import type { JobContext } from '../../../src/jobs/context.ts';
import { decide } from '../../../src/jobs/decisions/decide.ts';
import { attributeDue } from '../../../src/jobs/explain/attribute.ts';
import { createLease } from '../../../src/jobs/lease.ts';
import { followUp } from '../../../src/jobs/restore/follow-up.ts';
import { scan } from '../../../src/jobs/scan/scan.ts';
import { verify } from '../../../src/jobs/upkeep/verify.ts';
import { someHolders } from '../../builders/jobs/holders.ts';
import { aJobWorld } from '../../builders/jobs/job-context.ts';
import { MEGAN, OPERATOR } from '../../builders/jobs/morning.ts';
import { restore } from '../../builders/restore/restore.ts';
import { aConnectedTenant, type TenantUnderTest } from '../../unit/microsoft365/a-connected-tenant.ts';
import { type RandomCase, scenarioOf } from './random-tenant.ts';

const never = new AbortController().signal;

/** A random tenant, read and written through Graph, with all jobs on a database of its own. */
export type RestoreWorld = TenantUnderTest & {
  context: JobContext;
  /** The same database and tenant in the hands of another process. */
  other: JobContext;
  /** Reads everybody and returns them as stored. */
  read(): Promise<Map<string, UserState>>;
  /** Everybody before the losses, and after them. */
  before: ReadonlyMap<string, UserState>;
  lost: ReadonlyMap<string, UserState>;
  /** When the incidents of the losses were opened, ms UTC. */
  toldAt: number;
  /** Explains what has settled by now. */
  settle(): Promise<void>;
  incidents(): Promise<Incident[]>;
  view(incidentId: string): Promise<IncidentView>;
};

/** Starts the tenant, reads it, lets happen what happens, and reads again: the losses are incidents. */
export async function aRestoreWorld(
  random: RandomCase,
): Promise<RestoreWorld & { before: Map<string, UserState>; lost: Map<string, UserState> }> {
  const connection = await aConnectedTenant({ scenario: scenarioOf(random) });
  const { clock, tenant } = connection;
  const world = await aJobWorld({ massLossPercent: 100 });
  const { store } = world;
  const contextOf = (holder: string): JobContext => ({
    ...world.context,
    clock,
    reader: connection.connected.reader,
    writer: connection.connected.writer,
    restoring: createLease(store.leases, someHolders(holder, clock), 'restore'),
    noteHead: async () => undefined,
    credentialEndsAt: async () => null,
    botCredentialEndsAt: async () => null,
    retention: async () => [],
    forwarding: null,
  });
  const context = contextOf('one process');
  const read = async (): Promise<Map<string, UserState>> => {
    clock.advance(5 * MINUTE_MS);
    const record = await scan(context, { kind: 'full' }, never);
    if (record.outcome !== 'complete') throw new Error(`the read was not complete: ${record.reason}`);
    await verify(context);
    const users = new Map<string, UserState>();
    for await (const chunk of store.users.all()) {
      for (const { state, removedAt } of chunk) if (removedAt === null) users.set(state.id, state);
    }
    return users;
  };
  const before = await read();
  for (const act of random.acts) {
    try {
      tenant.act(act);
    } catch {
      // Microsoft would have refused it: then it does not happen.
    }
  }
  const lost = await read();
  const settle = async (): Promise<void> => {
    clock.advance(10 * MINUTE_MS);
    await attributeDue(context);
  };
  await settle();
  return {
    ...connection,
    toldAt: clock.now(),
    context,
    other: contextOf('another process'),
    read,
    settle,
    before,
    lost,
    incidents: () => store.incidents.recent(50),
    async view(incidentId) {
      const view = await loadIncidentView(store, incidentId, { now: clock.now(), sees: null });
      if (!view) throw new Error('the incident is gone');
      return view;
    },
    async close() {
      await store.close();
      await connection.close();
    },
  };
}

/** Megan presses Reassign on every open incident; what cannot be done is refused, which is an answer. */
export async function pressReassign({ context, incidents }: RestoreWorld): Promise<void> {
  for (const { id } of await incidents()) {
    await decide(
      context,
      { kind: 'reassign', incidentId: id, userIds: null, way: 'as-it-was', plan: null },
      MEGAN,
      OPERATOR,
    );
  }
}

/** Megan takes every reassign back. */
export async function pressUndo({ context, incidents }: RestoreWorld): Promise<void> {
  for (const { id } of await incidents()) {
    for (const { kind, id: decisionId } of await context.store.decisions.byIncident(id)) {
      if (kind !== 'reassign') continue;
      await decide(context, { kind: 'undo', incidentId: id, decisionId }, MEGAN, OPERATOR);
    }
  }
}

/** Restores with each of these at once, and lets the groups take their time. */
export async function restoreWith(world: RestoreWorld, contexts: readonly JobContext[]): Promise<void> {
  await Promise.all(contexts.map((context) => restore(context, never)));
  for (let minutes = 0; minutes < 40; minutes += 5) {
    world.clock.advance(5 * MINUTE_MS);
    await followUp(world.context, never);
  }
}
