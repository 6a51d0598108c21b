import { z } from 'zod';
import type { Settings } from './settings.ts';

/** Where traces and figures are sent to, as OTLP over HTTP. */
export type TelemetryConfig = {
  endpoint: string;
  headers: Readonly<Record<string, string>>;
  serviceName: string;
};

const ADDRESS = 'an address such as http://127.0.0.1:4318';
const Endpoint = z.string().refine(isUsable, ADDRESS);
const Headers = z
  .string()
  .transform(pairsOf)
  .refine((pairs) => pairs !== null, 'pairs such as api-key=abc, with commas between them')
  .transform((pairs) => Object.fromEntries(pairs ?? []));
const ServiceName = z.string().max(100, 'a name of at most 100 characters');

/** Reads the settings of OpenTelemetry, by the names of its specification; null where no receiver is set. */
export function readTelemetry(settings: Settings): TelemetryConfig | null {
  const endpoint = settings.read<string | null>('OTEL_EXPORTER_OTLP_ENDPOINT', Endpoint, null);
  const headers = settings.read('OTEL_EXPORTER_OTLP_HEADERS', Headers, {});
  const serviceName = settings.readOrDefault('OTEL_SERVICE_NAME', ServiceName);
  return endpoint === null ? null : { endpoint, headers, serviceName };
}

/** A user and password in an address would end up in logs: what the receiver asks for goes into the headers. */
function isUsable(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && hostname !== '' && username === '' && password === '';
}

/** Names and values as in W3C Baggage: percent-encoded, with commas between pairs. Null where one has no name. */
function pairsOf(text: string): [string, string][] | null {
  const pairs = text.split(',').map((pair): [string, string] => {
    const at = pair.indexOf('=');
    return [pair.slice(0, Math.max(at, 0)).trim(), decoded(pair.slice(at + 1).trim())];
  });
  return pairs.every(([name]) => /^[\w!#$%&'*+.^`|~-]+$/.test(name)) ? pairs : null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
