import tls from 'node:tls';
import type { StepAction } from '../../../src/domain/restore/step.ts';
import { type ConnectedTenant, connectTenant } from '../../../src/microsoft365/connect/connect-tenant.ts';
import { noTracing, type Tracing } from '../../../src/observability/tracing.ts';
import type { TenantHandle } from '../../../src/simulator/control/handle.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../../src/simulator/start.ts';
import { aManualClock, type ManualClock } from '../../builders/manual-clock.ts';
import { sharedCertificate } from '../../builders/simulator/shared-certificate.ts';

export type TenantUnderTest = {
  connected: ConnectedTenant;
  simulator: Simulator;
  tenant: TenantHandle;
  clock: ManualClock;
  /** Object id of somebody at contoso.com. */
  user(name: string): string;
  group(displayName: string): string;
  assign(name: string, skuId: string, disabledPlans?: string[]): StepAction;
  unassign(name: string, ...skuIds: string[]): StepAction;
  member(kind: 'add-to-group' | 'remove-from-group', name: string, group: string): StepAction;
  /** What Graph was asked to write and carried out, in order. */
  carriedOut(): string[];
  /** How many requests were answered with 429. */
  refusals(): number;
  close(): Promise<void>;
};

/** A simulated tenant, and the product's own connection to it over HTTPS. Sleeping only moves the clock. */
export async function aConnectedTenant({
  tracing = noTracing,
  ...options
}: Partial<SimulatorOptions> & { tracing?: Tracing } = {}): Promise<TenantUnderTest> {
  const clock = aManualClock();
  const certificate = await sharedCertificate();
  const simulator = await startSimulator({ scenario: 'quiet', clock, certificate, ...options });
  // Alone: a list that grows with each test is read again at each connection.
  tls.setDefaultCACertificates([simulator.caCertificate]);
  const { origin, tenant } = simulator;
  let refusals = 0;
  const connected = connectTenant({
    cloud: { name: 'custom', endpoints: { authority: origin, graph: origin, managementApi: origin } },
    tenantId: simulator.tenantId,
    clientId: simulator.clientId,
    credential: { kind: 'secret', secret: simulator.clientSecret },
    clock,
    random: () => 0.5,
    log: { debug: () => undefined, warn: () => undefined },
    limits: { timeoutMs: 2_000 },
    tracing,
    onAnswer: (_service, status) => {
      if (status === 429) refusals++;
    },
  });
  const known = (id: string | undefined | null, name: string): string => {
    if (!id) throw new RangeError(`The tenant has no "${name}".`);
    return id;
  };
  const user = (name: string): string => known(tenant.user(`${name}@contoso.com`)?.id, name);
  const group = (name: string): string => known(tenant.groupId(name), name);
  return {
    connected,
    simulator,
    tenant,
    clock,
    user,
    group,
    assign: (name, skuId, disabledPlans = []) => ({
      kind: 'assign',
      userId: user(name),
      licenses: [{ skuId, disabledPlans }],
    }),
    unassign: (name, ...skuIds) => ({ kind: 'unassign', userId: user(name), skuIds }),
    member: (kind, name, groupName) => ({ kind, userId: user(name), groupId: group(groupName) }),
    carriedOut: () =>
      tenant
        .writes()
        .filter(({ status }) => status < 300)
        .map(({ method, target }) => `${method} ${target}`),
    refusals: () => refusals,
    close: () => simulator.close(),
  };
}
