import type { AuditEvent } from '../../../domain/audit/event.ts';

/** What a record may lack that every sound one has. */
export type Lack = 'no id' | 'no date';

/**
 * A source record as an audit event, or the reason why it cannot be one, in a sentence. A record without an
 * id has its labels for one: whoever stores it has to tell it from others with the same labels.
 */
export type Normalised = { ok: true; event: AuditEvent; lacks: Lack[] } | { ok: false; reason: string };

/** What is missing of the two that a record is known and found by. */
export const lacksOf = (id: string | null, at: number | null): Lack[] => [
  ...(id === null ? ['no id' as const] : []),
  ...(at === null ? ['no date' as const] : []),
];
