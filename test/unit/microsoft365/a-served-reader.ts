import { onTestFinished } from 'vitest';
import type { TenantReader } from '../../../src/domain/ports.ts';
import { RETRY_LIMITS } from '../../../src/microsoft365/http/backoff.ts';
import { createTenantReader } from '../../../src/microsoft365/reader/tenant-reader.ts';
import { aManualClock, type ManualClock } from '../../builders/manual-clock.ts';
import { type ReceivedRequest, type Reply, startLocalService } from '../../builders/servers/local-service.ts';
import { aGraph } from './a-graph.ts';

export type ServedReader = {
  reader: TenantReader;
  received: ReceivedRequest[];
  origin: string;
  clock: ManualClock;
};

/** A reader of a tenant for which a local service answers, until the test is over. */
export async function aServedReader(
  reply: (request: ReceivedRequest, origin: string) => Reply,
): Promise<ServedReader> {
  const service = await startLocalService(reply);
  onTestFinished(() => service.close());
  const clock = aManualClock();
  const patience = { clock, random: () => 0, limits: RETRY_LIMITS };
  const reader = createTenantReader(
    aGraph(service.origin, { clock }),
    aGraph(service.origin, { clock }),
    patience,
    {
      name: 'custom',
      endpoints: { authority: service.origin, graph: service.origin, managementApi: service.origin },
    },
  );
  return { reader, received: service.received, origin: service.origin, clock };
}
