import type { ArchivedEvent } from '../../../src/domain/audit/event.ts';
import { normaliseActivityRecord } from '../../../src/microsoft365/bodies/audit/activity-record.ts';

let count = 0;

/** A record of the Management Activity API with what is sound in all of them. */
export function anActivityRecord(
  over: Record<string, unknown> & { Operation: string; CreationTime: string },
) {
  return {
    Id: `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`,
    OrganizationId: '4cea1508-b9e8-47cb-aba5-de9dc8d30edd',
    RecordType: 1,
    ResultStatus: 'True',
    UserType: 0,
    Version: 1,
    Workload: 'Exchange',
    OrganizationName: 'contoso.onmicrosoft.com',
    ...over,
  };
}

/** The record as it is stored. */
export function archivedActivity(record: ReturnType<typeof anActivityRecord>): ArchivedEvent {
  const taken = normaliseActivityRecord(record);
  if (!taken.ok) throw new Error(taken.reason);
  return { event: taken.event, raw: JSON.stringify(record) };
}

/** Somebody sends the mail of a mailbox elsewhere. */
export const forwarding = (at: string, who: string, mailbox: string, to: string, over: object = {}) =>
  anActivityRecord({
    CreationTime: at,
    Operation: 'Set-Mailbox',
    UserId: who,
    ClientIP: '203.0.113.9:50123',
    ObjectId: mailbox,
    Parameters: [
      { Name: 'Identity', Value: mailbox },
      { Name: 'ForwardingSmtpAddress', Value: `smtp:${to}` },
      { Name: 'DeliverToMailboxAndForward', Value: 'False' },
    ],
    ...over,
  });

/** Somebody is made a Global Administrator. */
export const roleGiven = (at: string, who: string, whom: string, over: object = {}) =>
  anActivityRecord({
    CreationTime: at,
    Operation: 'Add member to role.',
    RecordType: 8,
    ResultStatus: 'Success',
    Workload: 'AzureActiveDirectory',
    UserId: who,
    ObjectId: whom,
    Actor: [{ ID: who, Type: 5 }],
    Target: [{ ID: whom, Type: 5 }],
    ModifiedProperties: [
      { Name: 'Role.DisplayName', NewValue: 'Global Administrator', OldValue: '' },
      { Name: 'Role.TemplateId', NewValue: '62e90394-69f5-4237-9190-012177145e10', OldValue: '' },
    ],
    ...over,
  });
