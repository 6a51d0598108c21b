import { inspect } from 'node:util';
import { vi } from 'vitest';
import { type Asked, createAskWithQuery } from '../../../src/answers/ask.ts';
import { loadIncidentView } from '../../../src/answers/incident.ts';
import type { Scope } from '../../../src/domain/access/scope.ts';
import type { Store } from '../../../src/domain/ports.ts';
import { createLogger } from '../../../src/observability/logger.ts';
import { createInterpret, type InterpretOptions } from '../../../src/teams/model/create-interpret.ts';
import { type ModelServer, startModelServer } from '../../builders/servers/model-server.ts';
import { aWatchedTenant, NOW } from '../../unit/answers/a-watched-tenant.ts';

export const KEY = 'sk-this-key-is-secret-1234567890';
/** Longer than a busy machine needs for an answer, shorter than a test waits for one. */
const TIMEOUT_MS = 20_000;

/** A tenant that is asked about, with a language model beside it. */
export class AskedWithAModel {
  /** Log lines as they were written. */
  readonly logged: string[] = [];
  /** What anybody printed past the log. */
  readonly printed: string[] = [];
  readonly store: Store;
  readonly server: ModelServer;
  now = NOW;

  private constructor(store: Store, server: ModelServer) {
    this.store = store;
    this.server = server;
    for (const method of ['log', 'warn', 'error', 'info', 'debug'] as const) {
      vi.spyOn(console, method).mockImplementation(
        (...said: unknown[]) => void this.printed.push(inspect(said, { depth: 8 })),
      );
    }
  }

  static async start(): Promise<AskedWithAModel> {
    return new AskedWithAModel(await aWatchedTenant(), await startModelServer());
  }

  async stop(): Promise<void> {
    vi.restoreAllMocks();
    await this.server.close();
    await this.store.close();
  }

  /** Somebody who may ask, with the model in the place that a test gives it. */
  asker(options: Partial<InterpretOptions> = {}) {
    const interpret = createInterpret({
      model: { kind: 'openai', apiKey: KEY, baseUrl: `${this.server.origin}/v1`, model: 'a-model' },
      log: createLogger({ level: 'trace', to: { write: (line) => void this.logged.push(line) } }),
      timeoutMs: TIMEOUT_MS,
      ...options,
    });
    const { store } = this;
    const ask = createAskWithQuery({
      store,
      now: () => this.now,
      timeZone: 'Europe/Amsterdam',
      incidentView: (id, viewer) => loadIncidentView(store, id, { now: this.now, ...viewer }),
      interpret,
    });
    return (text: string, sees: Scope = null, userId: string | null = 'ines'): Promise<Asked> =>
      ask(text, { userId, timeZone: null, sees, acts: sees });
  }
}
