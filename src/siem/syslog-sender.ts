import { hostname } from 'node:os';
import { connect, type TLSSocket } from 'node:tls';
import type { BatchOutcome, SiemLine, SiemSender } from '../domain/ports/forwarding.ts';

/** https://www.rfc-editor.org/rfc/rfc5425#section-4.1 */
const DEFAULT_PORT = 6514;
/** Facility 13 (log audit), severity 6 (informational): https://www.rfc-editor.org/rfc/rfc5424#section-6.2.1 */
const PRIORITY = 13 * 8 + 6;
/** A SIEM that does not take a batch in this time is given up, ms. */
const TAKEN_WITHIN_MS = 30_000;

export type SyslogSiem = { host: string; port: number };

/** Reads `syslog+tls://host[:port]`. */
export function syslogAddress(url: string): SyslogSiem {
  const { hostname: host, port } = new URL(url);
  return { host: host.replace(/^\[|\]$/g, ''), port: port === '' ? DEFAULT_PORT : Number(port) };
}

/**
 * Sends RFC 5424 messages over TLS, framed by their length (RFC 5425). Syslog answers nothing: a batch counts as
 * taken when the SIEM has closed the connection in order, as section 4.4 has it, so each batch has its own.
 */
export function createSyslogSender({ host, port }: SyslogSiem): SiemSender {
  return {
    name: `syslog+tls://${host}:${port}`,
    send: (lines, signal) =>
      new Promise<BatchOutcome>((resolve) => {
        const socket: TLSSocket = connect({ host, port, servername: isAddress(host) ? '' : host });
        const giveUp = (reason: string): void => {
          socket.destroy();
          resolve({ kind: 'failed', reason, retryAfterMs: null });
        };
        const onAbort = (): void => giveUp('stopped');
        signal.addEventListener('abort', onAbort, { once: true });
        const timer = setTimeout(
          () => giveUp(`it did not close the connection within ${TAKEN_WITHIN_MS / 1000} seconds`),
          TAKEN_WITHIN_MS,
        );
        socket.once('error', (error: NodeJS.ErrnoException) =>
          giveUp(`no connection (${error.code ?? error.message})`),
        );
        // What the SIEM might say is read and dropped, so that its end arrives.
        socket.resume();
        socket.once('secureConnect', () => socket.end(lines.map(frame).join('')));
        socket.once('close', (hadError) => {
          clearTimeout(timer);
          signal.removeEventListener('abort', onAbort);
          if (hadError || !socket.writableFinished) giveUp('the connection broke');
          else resolve({ kind: 'taken' });
        });
      }),
  };
}

const isAddress = (host: string): boolean => /^[\d.]+$|:/.test(host);

/** `<length> <PRI>1 TIME HOST APP PROCID MSGID STRUCTURED-DATA MESSAGE`; the length counts bytes. */
function frame({ at, id, json }: SiemLine): string {
  const header = `<${PRIORITY}>1 ${new Date(at).toISOString()} ${printable(hostname(), 255)} license-watch - ${printable(id, 32)} -`;
  const message = `${header} ${json}`;
  return `${Buffer.byteLength(message)} ${message}`;
}

/** Names of RFC 5424 are printable ASCII without blanks, of a bounded length; "-" for none. */
const printable = (text: string, longest: number): string =>
  text.replace(/[^\x21-\x7e]/g, '').slice(0, longest) || '-';
