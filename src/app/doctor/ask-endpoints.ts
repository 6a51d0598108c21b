import { networkInterfaces } from 'node:os';
import type { HttpConfig } from '../../config/bot.ts';
import { isLoopback } from '../../config/values.ts';
import type { EndpointFacts, OpenEndpoint } from '../../domain/doctor/judge-machine.ts';
import { STORE_HEADER, TENANT_HEADER } from '../../teams/door/operations.ts';

/** What the addresses of the bot answered to somebody without a token. */
export type EndpointLook = EndpointFacts & {
  /** Fingerprints of the databases of bots for our tenant, by their address. */
  stores: { address: string; mark: string }[];
};

/** An address, and whether everybody's eyes are on it. */
type Address = { origin: string; isPublic: boolean };

const WITHIN_MS = 4_000;
const MOST_ADDRESSES = 8;

/**
 * Asks the bot's addresses as a stranger would: what they tell of its work, and which database it has. The addresses
 * are those on which it listens, on every network of this machine, and those under which the platform publishes it.
 * @param neighbours ports on which other bots of this machine say that they listen
 */
export async function askEndpoints(
  http: HttpConfig | null,
  tenantId: string,
  env: Readonly<Record<string, string | undefined>>,
  neighbours: readonly number[],
  signal: AbortSignal,
): Promise<EndpointLook> {
  const addresses = [...addressesOf(http, env)].slice(0, MOST_ADDRESSES);
  const looks = await Promise.all(addresses.map((address) => lookAt(address, tenantId, signal)));
  const answered = looks.filter(({ answers }) => answers);
  const known = new Set(addresses.map(({ origin }) => URL.parse(origin)?.port));
  const others = neighbours.filter((port) => !known.has(String(port)));
  const near = await Promise.all(others.map((port) => storeAt(`http://127.0.0.1:${port}`, tenantId, signal)));
  return {
    asked: answered.map(({ origin }) => origin),
    open: answered.flatMap(({ open }) => open),
    facesOthers: answered.some(({ isPublic }) => isPublic),
    stores: [...answered.map(({ store }) => store), ...near].filter((store) => store !== null),
  };
}

function addressesOf(http: HttpConfig | null, env: Readonly<Record<string, string | undefined>>): Address[] {
  const listening = http === null ? [] : listeningOn(http);
  const published = [env.WEBSITE_HOSTNAME, env.BOT_DOMAIN, URL.parse(env.NOTIFICATION_URL ?? '')?.host]
    .filter((host) => host !== undefined && /^[A-Za-z0-9.:-]+$/.test(host.trim()) && host.trim() !== '')
    .map((host) => ({ origin: `https://${host?.trim()}`, isPublic: true }));
  return [...new Map([...listening, ...published].map((address) => [address.origin, address])).values()];
}

function listeningOn({ host, port, operations }: HttpConfig): Address[] {
  const own = port === 0 ? [] : reaching(host, port);
  return operations === null || operations.port === 0
    ? own
    : [...own, ...reaching(operations.host, operations.port)];
}

const EVERY = new Set(['0.0.0.0', '::', '[::]']);

/** Where a listener on this host can be reached from here, each as others reach it. */
function reaching(host: string, port: number): Address[] {
  if (isLoopback(host)) return [{ origin: `http://${host}:${port}`, isPublic: false }];
  if (!EVERY.has(host)) return [{ origin: `http://${host}:${port}`, isPublic: true }];
  const outside = Object.values(networkInterfaces())
    .flat()
    .flatMap((one) => (one && !one.internal && one.family === 'IPv4' ? [one.address] : []));
  return ['127.0.0.1', ...outside].map((address) => ({
    origin: `http://${address}:${port}`,
    isPublic: true,
  }));
}

type Look = Address & {
  answers: boolean;
  open: OpenEndpoint[];
  store: { address: string; mark: string } | null;
};

async function lookAt(address: Address, tenantId: string, signal: AbortSignal): Promise<Look> {
  const { origin, isPublic } = address;
  const [health, metrics, ready] = await Promise.all([
    get(`${origin}/healthz`, signal, { [TENANT_HEADER]: tenantId }),
    get(`${origin}/metrics`, signal),
    get(`${origin}/readyz`, signal),
  ]);
  const open: OpenEndpoint[] = [];
  if (isPublic && metrics?.status === 200 && /^# (HELP|TYPE) |^\w+(\{.*\})? [\d.]+/m.test(metrics.text)) {
    open.push({ url: `${origin}/metrics`, what: 'metrics' });
  }
  if (isPublic && (ready?.status === 200 || ready?.status === 503) && tellsReasons(ready.text)) {
    open.push({ url: `${origin}/readyz`, what: 'readiness' });
  }
  const mark = health?.mark ?? null;
  return {
    ...address,
    answers: health !== null || metrics !== null || ready !== null,
    open,
    store: mark === null ? null : { address: origin, mark },
  };
}

async function storeAt(origin: string, tenantId: string, signal: AbortSignal) {
  const health = await get(`${origin}/healthz`, signal, { [TENANT_HEADER]: tenantId });
  return health?.mark ? { address: origin, mark: health.mark } : null;
}

/** Whether an answer names what is checked, and is not merely a word. */
const tellsReasons = (text: string): boolean => /"(checks|detail|reason)"/.test(text);

async function get(
  url: string,
  signal: AbortSignal,
  headers: Record<string, string> = {},
): Promise<{ status: number; text: string; mark: string | null } | null> {
  try {
    const within = AbortSignal.any([signal, AbortSignal.timeout(WITHIN_MS)]);
    const response = await fetch(url, { headers, redirect: 'manual', signal: within });
    const text = (await response.text()).slice(0, 20_000);
    return { status: response.status, text, mark: response.headers.get(STORE_HEADER) };
  } catch {
    return null;
  }
}
