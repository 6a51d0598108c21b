import { DAY_MS, HOUR_MS, MINUTE_MS } from '../durations.ts';
import { activityLine, type Cast, dice, directoryLine, type LogLine } from './log-lines.ts';

/** Where people usually sit. */
const OFFICE = '198.51.100.20';

/**
 * A day of work as both logs tell it: sign-ins with a typing error here and there, mail, files, sharing among
 * colleagues, tidy inbox rules, meetings, and what an admin and the sync do. Nobody is attacked by any of it.
 * @param to the end of the day, ms UTC
 * @param seed the same day again for the same number
 */
export function ordinaryDay(cast: Cast, to: number, seed: number): LogLine[] {
  const roll = dice(seed);
  const from = to - DAY_MS;
  const at = (): number => Math.floor(from + 8 * HOUR_MS + roll() * 9 * HOUR_MS);
  const lines = cast.people.flatMap((person, index) => [
    ...daysOf(cast, person, at, roll),
    ...(index % 9 === seed % 9 ? mistypes(cast, person.upn, at()) : []),
  ]);
  return [...lines, ...adminsDay(cast, at, roll), ...servicesDay(cast, at)].sort((a, b) => a.at - b.at);
}

type Person = Cast['people'][number];

function daysOf(cast: Cast, { upn, id }: Person, at: () => number, roll: () => number): LogLine[] {
  const colleague = cast.people[Math.floor(roll() * cast.people.length)]?.upn ?? cast.admin;
  const file = `https://contoso.sharepoint.com/sites/Sales/Shared Documents/Plan ${Math.floor(roll() * 40)}.docx`;
  const site = 'https://contoso.sharepoint.com/sites/Sales/';
  const inFile = {
    ClientIP: OFFICE,
    ObjectId: file,
    SiteUrl: site,
    SourceFileName: file.split('/').at(-1),
    ItemType: 'File',
  };
  const lines: LogLine[] = [
    signIn(cast, at(), upn, id, OFFICE),
    signIn(cast, at(), upn, id, OFFICE),
    activityLine(cast, at(), 'Exchange', 'MailItemsAccessed', upn, {
      RecordType: 50,
      ResultStatus: 'Succeeded',
      ClientIPAddress: OFFICE,
      ClientInfoString: 'Client=OWA;Action=ViaProxy',
      LogonType: 0,
      LogonUserSid: `S-1-5-21-1-2-3-${id.length}${upn.length}`,
      MailboxOwnerSid: `S-1-5-21-1-2-3-${id.length}${upn.length}`,
      MailboxOwnerUPN: upn,
      MailboxGuid: id,
    }),
    activityLine(cast, at(), 'SharePoint', 'FileAccessed', upn, inFile),
    activityLine(cast, at(), 'SharePoint', 'FileModified', upn, inFile),
    activityLine(cast, at(), 'MicrosoftTeams', 'TeamsSessionStarted', upn, { ClientIP: OFFICE }),
  ];
  if (roll() < 0.15) {
    lines.push(
      activityLine(cast, at(), 'SharePoint', 'SharingSet', upn, {
        ...inFile,
        RecordType: 14,
        TargetUserOrGroupType: 'Member',
        TargetUserOrGroupName: colleague,
      }),
    );
  }
  if (roll() < 0.03) {
    lines.push(
      activityLine(cast, at(), 'Exchange', 'New-InboxRule', upn, {
        ClientIP: `${OFFICE}:50210`,
        ObjectId: `${upn}\\Newsletters`,
        Parameters: [
          { Name: 'Name', Value: 'Newsletters' },
          { Name: 'SubjectContainsWords', Value: 'newsletter' },
          { Name: 'MoveToFolder', Value: 'Newsletters' },
        ],
      }),
    );
  }
  return lines;
}

const signIn = (cast: Cast, at: number, upn: string, id: string, address: string): LogLine =>
  activityLine(cast, at, 'AzureActiveDirectory', 'UserLoggedIn', upn, {
    RecordType: 15,
    ClientIP: address,
    ActorIpAddress: address,
    ErrorNumber: '0',
    ObjectId: '00000002-0000-0ff1-ce00-000000000000',
    Actor: [
      { ID: id, Type: 0 },
      { ID: upn, Type: 5 },
    ],
    ExtendedProperties: [{ Name: 'ResultStatusDetail', Value: 'Success' }],
  });

/** A password mistyped, then right; and an interruption, which is none. */
const mistypes = (cast: Cast, upn: string, at: number): LogLine[] => [
  failedSignIn(cast, at, upn, OFFICE),
  failedSignIn(cast, at + MINUTE_MS, upn, OFFICE, '50074', 'UserStrongAuthClientAuthNRequiredInterrupt'),
];

/** A sign-in that failed, by default for a wrong password. */
export const failedSignIn = (
  cast: Cast,
  at: number,
  upn: string,
  address: string,
  error = '50126',
  reason = 'InvalidUserNameOrPassword',
): LogLine =>
  activityLine(cast, at, 'AzureActiveDirectory', 'UserLoginFailed', upn, {
    RecordType: 15,
    ResultStatus: 'Failed',
    ClientIP: address,
    ActorIpAddress: address,
    ErrorNumber: error,
    LogonError: reason,
    ObjectId: '00000002-0000-0ff1-ce00-000000000000',
    Actor: [{ ID: upn, Type: 5 }],
  });

function adminsDay(cast: Cast, at: () => number, roll: () => number): LogLine[] {
  const person = cast.people[Math.floor(roll() * cast.people.length)];
  if (!person) return [];
  const { upn, id } = person;
  const by = { upn: cast.admin };
  const target = { kind: 'User', id, name: upn };
  const lines: LogLine[] = [
    directoryLine(cast, at(), 'Update user', by, target, [
      { displayName: 'Department', oldValue: '["Sales"]', newValue: '["Marketing"]' },
    ]),
    directoryLine(cast, at(), 'Add member to group', by, target, [
      { displayName: 'Group.DisplayName', oldValue: null, newValue: '"Newsletter readers"' },
    ]),
  ];
  // Once in a while somebody needs rights that change little.
  if (roll() < 0.1) {
    lines.push(
      directoryLine(cast, at(), 'Add member to role', by, target, [
        { displayName: 'Role.DisplayName', oldValue: null, newValue: '"Reports Reader"' },
        {
          displayName: 'Role.TemplateId',
          oldValue: null,
          newValue: '"4a5d8f65-41da-4de4-8968-e035b65339cf"',
        },
      ]),
    );
  }
  return lines;
}

function servicesDay(cast: Cast, at: () => number): LogLine[] {
  const [person] = cast.people;
  if (!person) return [];
  const { upn, id } = person;
  return [
    directoryLine(
      cast,
      at(),
      'Update user',
      { app: 'Microsoft Substrate Management' },
      { kind: 'User', id, name: upn },
    ),
    activityLine(
      cast,
      at(),
      'Exchange',
      'Set-Mailbox',
      'NT AUTHORITY\\SYSTEM (Microsoft.Exchange.ServiceHost)',
      {
        UserType: 3,
        ObjectId: upn,
        Parameters: [
          { Name: 'Identity', Value: upn },
          { Name: 'ModerationEnabled', Value: 'False' },
        ],
      },
    ),
  ];
}
