import type { AuditEvent } from './event.ts';

/** A source record as an audit event, or the reason why it cannot be one, in a sentence. */
export type Normalised = { ok: true; event: AuditEvent } | { ok: false; reason: string };
