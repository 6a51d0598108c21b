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

const ENTRA = { RecordType: 8, ResultStatus: 'Success', Workload: 'AzureActiveDirectory' } as const;

/** Somebody puts somebody into a group, or takes them out of it. */
export const memberMoved = (
  at: string,
  who: string,
  target: string,
  group: { id: string; name: string },
  over: { from?: boolean } = {},
) => {
  const said = (text: string) =>
    over.from === true ? { NewValue: '', OldValue: text } : { NewValue: text, OldValue: '' };
  return anActivityRecord({
    ...ENTRA,
    CreationTime: at,
    Operation: over.from === true ? 'Remove member from group.' : 'Add member to group.',
    UserId: who,
    ObjectId: target,
    Actor: [{ ID: who, Type: 5 }],
    Target: [
      { ID: '0eea5fdc-edd6-42bc-a013-e463ba875c46', Type: 2 },
      { ID: 'User', Type: 2 },
      { ID: target, Type: 5 },
    ],
    ModifiedProperties: [
      { Name: 'Group.ObjectID', ...said(group.id) },
      { Name: 'Group.DisplayName', ...said(group.name) },
    ],
  });
};

/** Somebody is no longer an owner of a team, as Teams writes it. */
export const teamOwnerLeft = (
  at: string,
  who: string,
  team: { id: string; name: string },
  last: string,
  operation: 'MemberRemoved' | 'MemberRoleChanged' = 'MemberRemoved',
) =>
  anActivityRecord({
    CreationTime: at,
    Operation: operation,
    RecordType: 25,
    Workload: 'MicrosoftTeams',
    UserId: who,
    TeamName: team.name,
    AADGroupId: team.id,
    TeamGuid: '19:0000@thread.tacv2',
    Members: [{ DisplayName: last, UPN: last, Role: operation === 'MemberRemoved' ? 2 : 1 }],
  });

/** A permission of an app is taken away; a delegated one without `role`, which names the service principal only. */
export const permissionTaken = (
  at: string,
  who: string,
  app: { appId?: string; objectId?: string; name?: string },
  role: string | null,
) =>
  anActivityRecord({
    ...ENTRA,
    CreationTime: at,
    Operation:
      role === null
        ? 'Remove delegated permission grant.'
        : 'Remove app role assignment from service principal.',
    UserId: who,
    ClientIP: '198.51.100.24',
    Actor: [{ ID: who, Type: 5 }],
    Target: [
      { ID: 'd50a0cc4-aaec-420b-ad95-9f1530e5bee3', Type: 2 },
      { ID: 'ServicePrincipal', Type: 2 },
      { ID: 'Microsoft Graph', Type: 1 },
    ],
    ModifiedProperties: [
      ...(role === null ? [] : [{ Name: 'AppRole.Value', NewValue: '', OldValue: role }]),
      { Name: 'ServicePrincipal.ObjectID', NewValue: app.objectId ?? '', OldValue: '' },
      { Name: 'ServicePrincipal.DisplayName', NewValue: app.name ?? '', OldValue: '' },
      { Name: 'ServicePrincipal.AppId', NewValue: app.appId ?? '', OldValue: '' },
    ],
  });
