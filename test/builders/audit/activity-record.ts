import type { ArchivedEvent } from '../../../src/domain/audit/event.ts';
import { archived } from '../../../src/microsoft365/audit/archived.ts';
import { normaliseActivityRecord } from '../../../src/microsoft365/bodies/audit/activity-record.ts';

let count = 0;

/** A record of the Management Activity API as it comes, read as the product reads it. `at` is ms UTC. */
export function anActivityRecord(at: number, over: Record<string, unknown>): ArchivedEvent {
  const id = `aaaaaaaa-0000-4000-8000-${String(++count).padStart(12, '0')}`;
  const body = {
    CreationTime: new Date(at).toISOString().slice(0, 19),
    Id: id,
    OrganizationId: '00000000-0000-4000-8000-0000000000ff',
    RecordType: 6,
    ResultStatus: 'Succeeded',
    UserKey: 'key',
    UserType: 0,
    Version: 1,
    ...over,
  };
  return archived(body, 'activity', normaliseActivityRecord, at);
}

type Of = { by: string; at: number };

/** Somebody deletes a file on a site. */
export const aDeletedFile = ({ by, at }: Of, file: string, site: string): ArchivedEvent =>
  anActivityRecord(at, {
    Operation: 'FileDeleted',
    Workload: 'SharePoint',
    UserId: by,
    ClientIP: '203.0.113.7',
    ObjectId: `https://fabrikam.sharepoint.example/sites/${site}/Shared Documents/${file}`,
    SiteUrl: `https://fabrikam.sharepoint.example/sites/${site}/`,
    SourceFileName: file,
    UserAgent: 'Mozilla/5.0',
  });

/** Somebody cannot sign in. */
export const aFailedSignIn = ({ by, at }: Of, address: string): ArchivedEvent =>
  anActivityRecord(at, {
    Operation: 'UserLoginFailed',
    RecordType: 15,
    ResultStatus: 'Failed',
    Workload: 'AzureActiveDirectory',
    UserId: by,
    ClientIP: address,
    LogonError: 'InvalidUserNameOrPassword',
  });

/** Somebody reads mail in a mailbox. */
export const anOpenedMailbox = ({ by, at }: Of, owner: string): ArchivedEvent =>
  anActivityRecord(at, {
    Operation: 'MailItemsAccessed',
    RecordType: 50,
    Workload: 'Exchange',
    UserId: by,
    MailboxOwnerUPN: owner,
    LogonType: by === owner ? 0 : 2,
    ClientInfoString: 'Client=OWA',
    OperationProperties: [{ Name: 'MailAccessType', Value: 'Bind' }],
  });
