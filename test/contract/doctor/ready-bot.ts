import { createLogger } from '../../../src/observability/logger.ts';
import type { HealthHandlers } from '../../../src/teams/door/operations.ts';
import { startServer } from '../../../src/teams/server.ts';

export type ReadyBot = { port: number; operationsPort: number | null; close(): Promise<void> };

/** The product's own door, without a bot behind it. */
export const startReadyBot = (options: {
  host: string;
  operations: Parameters<typeof startServer>[0]['operations'];
  storeOf?: HealthHandlers['storeOf'];
}): Promise<ReadyBot> =>
  startServer({
    host: options.host,
    port: 0,
    localOnly: false,
    notifications: null,
    onActivity: async (_request, response) => void response.send(200),
    operations: options.operations,
    health: {
      live: () => true,
      ready: async () => ({ ok: true, checks: [{ name: 'scan', ok: true, detail: 'Fresh.' }] }),
      metrics: async () => '# HELP up Whether it is up.\n# TYPE up gauge\nup 1\n',
      ...(options.storeOf ? { storeOf: options.storeOf } : {}),
    },
    log: createLogger({ level: 'silent', to: 'stderr' }),
  });
