import type { SiemConfig } from '../config/siem.ts';
import type { Clock, Forwarding, Store } from '../domain/ports.ts';
import { createHttpsSender } from '../siem/https-sender.ts';
import { createSyslogSender, syslogAddress } from '../siem/syslog-sender.ts';

/** What passes records on to the SIEM of the settings; null where there is none. */
export function forwardingOf(siem: SiemConfig | null, clock: Clock): Forwarding | null {
  if (siem === null) return null;
  const sender = siem.url.startsWith('syslog+tls:')
    ? createSyslogSender(syslogAddress(siem.url))
    : createHttpsSender(siem, () => clock.now());
  return { sender, format: siem.format };
}

/** How many stored records the SIEM has not taken yet, and for how long, s. */
export async function siemBehind(
  { forwarding: states }: Pick<Store, 'forwarding'>,
  { sender }: Forwarding,
  now: number,
): Promise<{ records: number; seconds: number }> {
  const { rowNo } = await states.state(sender.name);
  const { records, oldestAt } = await states.behind(rowNo);
  return { records, seconds: oldestAt === null ? 0 : Math.max(0, (now - oldestAt) / 1000) };
}
