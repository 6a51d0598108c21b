import { createHash } from 'node:crypto';
import type { ArchivedEvent, AuditEvent, AuditSource } from '../../domain/audit/event.ts';
import type { Normalised } from '../../domain/audit/normalised.ts';

type Normalise = (body: unknown, undatedAt?: number) => Normalised;

/**
 * Takes a record as it came and returns it for the archive. One that cannot be read is kept under a name of
 * its own with the reason: it must neither be lost nor hold up all that come after it. Its id is a hash of
 * the record, so that it, too, is stored once. `undatedAt` is the time (ms UTC) of a record that has none.
 */
export function archived(
  body: unknown,
  source: AuditSource,
  normalise: Normalise,
  undatedAt: number,
): ArchivedEvent {
  const raw = JSON.stringify(body);
  const normalised = normalise(body, undatedAt);
  return {
    raw,
    event: normalised.ok ? normalised.event : unreadable(raw, source, normalised.reason, undatedAt),
  };
}

const unreadable = (raw: string, source: AuditSource, reason: string, at: number): AuditEvent => ({
  id: `unreadable:${createHash('sha256').update(raw).digest('hex')}`,
  source,
  at,
  operation: 'Unreadable record',
  workload: '',
  result: 'unknown',
  resultReason: reason,
  actor: null,
  targets: [],
  correlationId: null,
  clientIp: null,
  actionClient: null,
  modified: [],
  licenses: null,
  group: null,
  sequence: null,
});
