import { z } from 'zod';
import type { Settings } from './settings.ts';

/** Where audit records are passed on to, and how. `url` is `https:`, `http:` on this machine, or `syslog+tls:`. */
export type SiemConfig = { url: string; token: string | null; format: 'ocsf' | 'raw' };

const ADDRESS = 'an address such as https://siem.example/ingest or syslog+tls://siem.example:6514';
const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

const SiemUrl = z.string().refine(isUsable, ADDRESS);
const Format = z.enum(['ocsf', 'raw'], 'ocsf or raw');

/** Reads where audit records are passed on to; null where nothing is set. */
export function readSiem(settings: Settings): SiemConfig | null {
  const url = settings.read<string | null>('SIEM_URL', SiemUrl, null);
  const token = settings.text('SIEM_TOKEN');
  const format = settings.readOrDefault('SIEM_FORMAT', Format);
  if (url === null) {
    if (token !== null && !settings.isSet('SIEM_URL'))
      settings.problem('Set SIEM_URL to where the records go, or leave SIEM_TOKEN out.');
    return null;
  }
  if (token !== null && url.startsWith('syslog+tls:'))
    settings.problem('Leave SIEM_TOKEN out: syslog has no place for it.');
  return { url, token, format };
}

/** A user and password in an address would end up in logs: the token has a setting of its own. */
function isUsable(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (hostname === '' || username !== '' || password !== '') return false;
  return (
    protocol === 'https:' || protocol === 'syslog+tls:' || (protocol === 'http:' && LOOPBACK.has(hostname))
  );
}
