import type { IncomingHttpHeaders } from 'node:http';
import https from 'node:https';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../../src/simulator/start.ts';
import { aManualClock, type ManualClock } from '../manual-clock.ts';
import { sharedCertificate } from './shared-certificate.ts';

export type WireAnswer = { status: number; headers: IncomingHttpHeaders; text: string; json: unknown };

export type Asked = {
  method?: string;
  body?: unknown;
  headers?: Record<string, string>;
  token?: string | null;
};

export type SimulatedTenant = {
  simulator: Simulator;
  clock: ManualClock;
  /** Asks with a fresh token of the registered app; a path, or a link as it came. */
  ask(pathOrLink: string, options?: Asked): Promise<WireAnswer>;
  /** Every item of a collection, following its links. */
  everything(path: string, headers?: Record<string, string>): Promise<Record<string, unknown>[]>;
  token(scope?: string): Promise<string>;
  close(): Promise<void>;
};

/** Connections are kept: a TLS handshake for each request would be most of a test's time. */
const agents = new Map<string, https.Agent>();

function agentFor(simulator: Simulator): https.Agent {
  const agent =
    agents.get(simulator.caCertificate) ?? new https.Agent({ keepAlive: true, ca: simulator.caCertificate });
  agents.set(simulator.caCertificate, agent);
  return agent;
}

/** Sends one request to a simulator, trusting its own certificate only. */
export function send(simulator: Simulator, pathOrLink: string, options: Asked = {}): Promise<WireAnswer> {
  const url = pathOrLink.startsWith('https:') ? pathOrLink : `${simulator.origin}${pathOrLink}`;
  const { body } = options;
  const payload = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const headers = {
    ...(typeof body === 'object' ? { 'content-type': 'application/json' } : {}),
    ...(options.token ? { authorization: `Bearer ${options.token}` } : {}),
    ...options.headers,
  };
  return new Promise((resolve, reject) => {
    const request = https.request(
      url,
      { method: options.method ?? 'GET', headers, agent: agentFor(simulator) },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json: parsed(text) });
        });
      },
    );
    request.on('error', reject);
    request.end(payload);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A started simulator whose clock the test moves; a scenario with nothing happening unless one is given. */
export async function aSimulatedTenant(options: Partial<SimulatorOptions> = {}): Promise<SimulatedTenant> {
  const clock = aManualClock();
  const certificate = await sharedCertificate();
  const simulator = await startSimulator({ scenario: 'quiet', clock, certificate, ...options });
  const token = async (scope = `${simulator.origin}/.default`): Promise<string> => {
    const form = {
      grant_type: 'client_credentials',
      client_id: simulator.clientId,
      client_secret: simulator.clientSecret,
      scope,
    };
    const answer = await send(simulator, `/${simulator.tenantId}/oauth2/v2.0/token`, {
      method: 'POST',
      body: String(new URLSearchParams(form)),
    });
    return (answer.json as { access_token: string }).access_token;
  };
  const ask = async (pathOrLink: string, asked: Asked = {}): Promise<WireAnswer> =>
    send(simulator, pathOrLink, { token: asked.token === undefined ? await token() : asked.token, ...asked });
  return {
    simulator,
    clock,
    ask,
    token,
    async everything(path, headers = {}) {
      const items: Record<string, unknown>[] = [];
      for (let link: string | undefined = path; link !== undefined; ) {
        const { json, status, text } = await ask(link, { headers });
        if (status !== 200) throw new Error(`${link}: ${status} ${text}`);
        const page = json as { value: Record<string, unknown>[]; '@odata.nextLink'?: string };
        items.push(...page.value);
        link = page['@odata.nextLink'];
      }
      return items;
    },
    async close() {
      agents.get(simulator.caCertificate)?.destroy();
      agents.delete(simulator.caCertificate);
      await simulator.close();
    },
  };
}

/** The `error` of an answer. */
export const errorOf = (answer: WireAnswer): { code: string; message: string } =>
  (answer.json as { error: { code: string; message: string } }).error;
