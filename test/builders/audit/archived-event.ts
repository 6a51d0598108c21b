import type { ArchivedEvent, AuditEvent } from '../../../src/domain/audit/event.ts';
import { anAuditEvent } from './audit-event.ts';

/** An audit event with the raw record that it was read from. */
export const anArchivedEvent = (over: Partial<AuditEvent> = {}): ArchivedEvent => {
  const event = anAuditEvent(over);
  return { event, raw: JSON.stringify({ id: event.id }) };
};
