/** What happens to mailboxes, as Exchange records it. */
import { ADDRESSES, CAST, OFFICE_ADDRESS, OUTSIDERS, type Person, person } from './cast.ts';
import type { Did, Draw, Made } from './fact.ts';
import { activityRecord } from './record-forms.ts';

const HOSTED =
  'EURPR04A010.prod.outlook.com/Microsoft Exchange Hosted Organizations/fabrikam.onmicrosoft.com';
const SUBJECTS = [
  'Quarterly figures',
  'Lunch on Friday',
  'Acquisition of Tailspin',
  'Your invoice',
  'Agenda',
];

const other = (draw: Draw, than: Person): Person => {
  const one = draw.one(CAST);
  return one.key === than.key ? person(than.key === 'patti' ? 'lee' : 'patti') : one;
};

type ItemAct = readonly [operation: string, did: Did, recordType: number];

const OF_ITEMS: readonly ItemAct[] = [
  ['MailItemsAccessed', 'opened a mailbox', 50],
  ['MailItemsAccessed', 'opened a mailbox', 50],
  ['MailItemsAccessed', 'opened a mailbox', 50],
  ['HardDelete', 'deleted mail', 3],
  ['SoftDelete', 'deleted mail', 3],
  ['SendAs', 'sent as', 2],
];

/** Somebody reads, deletes or sends mail, one time in twelve in the mailbox of somebody else. */
export function aMailRecord(draw: Draw, at: number): Made {
  const [operation, did, recordType] = draw.one(OF_ITEMS);
  const owner = draw.one(CAST);
  const isSendAs = operation === 'SendAs';
  const by = isSendAs || draw.below(12) === 0 ? other(draw, owner) : owner;
  const subject = draw.one(SUBJECTS);
  const address = draw.below(5) === 0 ? draw.one(ADDRESSES) : OFFICE_ADDRESS;
  const isRead = operation === 'MailItemsAccessed';
  const id = draw.id();
  const item = { Id: draw.id(), Subject: subject, ParentFolder: { Path: '\\Inbox' } };
  return {
    fact: {
      id,
      at,
      did,
      operation,
      workload: 'Exchange',
      by: by.key,
      on: [owner.key],
      mailbox: owner.key,
      address,
      ...(isRead ? {} : { words: subject }),
    },
    record: activityRecord(
      { id, at, operation },
      {
        RecordType: recordType,
        ResultStatus: 'Succeeded',
        Workload: 'Exchange',
        UserId: by.upn,
        ClientIPAddress: address,
        ClientInfoString: draw.one(['Client=OWA;Action=ViaProxy', 'Client=REST;Client=RESTSystem;;']),
        ExternalAccess: false,
        LogonType: by.key === owner.key ? 0 : 2,
        MailboxOwnerUPN: owner.upn,
        MailboxOwnerSid: `S-1-5-21-1-2-3-${CAST.indexOf(owner)}`,
        LogonUserSid: `S-1-5-21-1-2-3-${CAST.indexOf(by)}`,
        OrganizationName: 'fabrikam.onmicrosoft.com',
        ...(isRead
          ? {
              OperationProperties: [{ Name: 'MailAccessType', Value: 'Bind' }],
              Folders: [{ Path: '\\Inbox', FolderItems: [{ InternetMessageId: `<${draw.id()}@x>` }] }],
            }
          : isSendAs
            ? { Item: item, SendAsUserSmtp: owner.upn }
            : { AffectedItems: [item], Folder: { Path: '\\Inbox' } }),
      },
    ),
  };
}

/** A cmdlet of Exchange on a mailbox, by its owner or an administrator. */
export function aMailboxChange(draw: Draw, at: number): Made {
  const owner = draw.one(CAST);
  const admin = person(draw.one(['grady', 'ines']));
  const trustee = other(draw, owner);
  const outsider = draw.one(OUTSIDERS);
  const identity = `${HOSTED}/${owner.upn.split('@')[0]}`;
  const makes: readonly (() => {
    operation: string;
    did: Did;
    by: Person;
    on: string[];
    parameters: [string, string][];
    objectId: string;
  })[] = [
    () => ({
      operation: 'New-InboxRule',
      did: 'forwarded',
      by: owner,
      on: [owner.key],
      parameters: [
        ['Name', 'Archive'],
        ['ForwardTo', outsider],
      ],
      objectId: `${identity}\\Archive`,
    }),
    () => ({
      operation: 'New-InboxRule',
      did: 'set a mail rule',
      by: owner,
      on: [owner.key],
      parameters: [
        ['Name', 'Newsletters'],
        ['MoveToFolder', 'Newsletters'],
      ],
      objectId: `${identity}\\Newsletters`,
    }),
    () => ({
      operation: 'Set-Mailbox',
      did: 'forwarded',
      by: admin,
      on: [owner.key],
      parameters: [
        ['Identity', identity],
        ['ForwardingSmtpAddress', `smtp:${outsider}`],
        ['DeliverToMailboxAndForward', 'True'],
      ],
      objectId: identity,
    }),
    () => ({
      operation: 'Set-Mailbox',
      did: 'changed a mailbox',
      by: admin,
      on: [owner.key],
      parameters: [
        ['Identity', identity],
        ['ProhibitSendQuota', '49.5 GB'],
      ],
      objectId: identity,
    }),
    () => ({
      operation: 'Add-MailboxPermission',
      did: 'gave mailbox rights',
      by: admin,
      on: [owner.key, trustee.key],
      parameters: [
        ['Identity', identity],
        ['User', trustee.upn],
        ['AccessRights', 'FullAccess'],
      ],
      objectId: identity,
    }),
  ];
  const { operation, did, by, on, parameters, objectId } = draw.one(makes)();
  const id = draw.id();
  return {
    fact: {
      id,
      at,
      did,
      operation,
      workload: 'Exchange',
      by: by.key,
      on,
      mailbox: owner.key,
      address: OFFICE_ADDRESS,
    },
    record: activityRecord(
      { id, at, operation },
      {
        RecordType: 1,
        ResultStatus: 'True',
        Workload: 'Exchange',
        UserType: 2,
        UserId: by.upn,
        ClientIP: `${OFFICE_ADDRESS}:52311`,
        ObjectId: objectId,
        ExternalAccess: false,
        OrganizationName: 'fabrikam.onmicrosoft.com',
        Parameters: parameters.map(([Name, Value]) => ({ Name, Value })),
      },
    ),
  };
}
