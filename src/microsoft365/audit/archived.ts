import { createHash } from 'node:crypto';
import { isKey, withinBounds } from '../../domain/audit/bounds.ts';
import type { ArchivedEvent, AuditEvent, AuditSource } from '../../domain/audit/event.ts';
import { auditingSwitchOf } from '../bodies/audit/auditing-switch.ts';
import type { Normalised } from '../bodies/audit/normalised.ts';
import { canonicalJson, rawJson } from './raw-json.ts';

type Normalise = (body: unknown, undatedAt?: number) => Normalised;

/**
 * Takes a record as it came and returns it for the archive. One that cannot be read is kept with the reason:
 * it must neither be lost nor hold up all that come after it. A record without a usable id gets one from what
 * it says, so that it, too, is stored once, and apart from others.
 * @param seenAt when the record was made available at the latest, ms UTC: the time of one that has none
 */
export function archived(
  body: unknown,
  source: AuditSource,
  normalise: Normalise,
  seenAt: number,
): ArchivedEvent {
  const raw = rawJson(body);
  const normalised = normalise(body, seenAt);
  if (!normalised.ok) {
    const event = unreadable(`unreadable:${hashOf(canonicalJson(body))}`, source, normalised.reason, seenAt);
    return { raw, body, event, flaw: 'unreadable' };
  }
  const { event, flaw } = withinBounds(normalised.event, seenAt);
  const named = !normalised.lacks.includes('no id') && isKey(event.id);
  const flaws = [
    ...normalised.lacks,
    ...(named || normalised.lacks.includes('no id') ? [] : ['no usable id']),
  ];
  return {
    raw,
    body,
    auditing: auditingSwitchOf(event, raw),
    event: named ? event : { ...event, id: `${source}:${hashOf(canonicalJson(body))}` },
    flaw: [...flaws, ...(flaw === null ? [] : [flaw])].join(', ') || null,
  };
}

/** Content that is no list of records, as it came, with the reason. `at` is when it was made, ms UTC. */
export const unreadableContent = (
  text: string,
  source: AuditSource,
  reason: string,
  at: number,
): ArchivedEvent => ({
  // The archive holds JSON: a text that is none becomes a JSON string.
  raw: JSON.stringify(text),
  event: unreadable(`unreadable:${hashOf(text)}`, source, reason, at),
  flaw: 'unreadable content',
});

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

const unreadable = (id: string, source: AuditSource, reason: string, at: number): AuditEvent => ({
  id,
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
