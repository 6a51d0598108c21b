/** Invented records of the Management Activity API, in the shapes and sizes that its workloads have. */

export type RecordPerson = { id: string; upn: string };

/** What differs from one record of a kind to the next. */
export type RecordLabels = {
  id: string;
  /** ISO 8601 without a zone, as the unified log writes UTC. */
  time: string;
  actor: RecordPerson;
  target: RecordPerson;
  group: { id: string; name: string };
  correlationId: string;
};

export type RecordKind = 'license' | 'update-user' | 'member' | 'sign-in' | 'mail-read' | 'mailbox' | 'file';

const TENANT_ID = '6f3c2a10-0000-4000-8000-00000000c0de';
const ACCOUNT = 'fabrikam_6f3c2a10';
const E3 = licenseText('SPE_E3', '05e9a617-0261-4cee-bb44-138d3ef5d965');
const FLOW = licenseText('FLOW_FREE', 'f30db892-07e9-47e9-837c-80727f46fd3d');

/** One record as the API gives it out, before it is JSON text. */
export function activityRecord(kind: RecordKind, labels: RecordLabels): Record<string, unknown> {
  const { id, time, actor } = labels;
  const common = { CreationTime: time, Id: id, OrganizationId: TENANT_ID, UserType: 0, Version: 1 };
  switch (kind) {
    case 'license': {
      const before = JSON.stringify([E3, FLOW]);
      return {
        ...common,
        ...directory('Change user license.', labels, [
          { Name: 'AssignedLicense', NewValue: JSON.stringify([FLOW]), OldValue: before },
          ...tail('AssignedLicense'),
        ]),
      };
    }
    case 'update-user': {
      const plans = JSON.stringify(Array.from({ length: 6 }, (_, plan) => assignedPlan(plan, time)));
      return {
        ...common,
        ...directory('Update user.', labels, [
          { Name: 'AssignedPlan', NewValue: plans, OldValue: '[]' },
          ...tail('AssignedLicense, AssignedPlan'),
        ]),
      };
    }
    case 'member':
      return {
        ...common,
        ...directory('Add member to group.', labels, [
          { Name: 'Group.ObjectID', NewValue: labels.group.id, OldValue: '' },
          { Name: 'Group.DisplayName', NewValue: labels.group.name, OldValue: '' },
          ...tail('Group.ObjectID, Group.DisplayName'),
        ]),
      };
    case 'sign-in':
      return { ...common, ...directory('UserLoggedIn', { ...labels, target: actor }, []), RecordType: 15 };
    case 'mail-read':
      return { ...common, ...exchange('MailItemsAccessed', 50, labels), Folders: folders(id) };
    case 'mailbox': {
      const parameters = [
        { Name: 'Identity', Value: labels.target.upn },
        { Name: 'AuditEnabled', Value: 'True' },
      ];
      return { ...common, ...exchange('Set-Mailbox', 1, labels), Parameters: parameters };
    }
    case 'file':
      return { ...common, ...sharePoint(labels) };
  }
}

function directory(operation: string, { actor, target, correlationId }: RecordLabels, modified: object[]) {
  return {
    Operation: operation,
    RecordType: 8,
    ResultStatus: 'Success',
    UserKey: '10032002A1B2C3D4@fabrikam.example',
    Workload: 'AzureActiveDirectory',
    ClientIP: '198.51.100.24',
    ObjectId: target.upn,
    UserId: actor.upn,
    AzureActiveDirectoryEventType: 1,
    ExtendedProperties: [
      { Name: 'additionalDetails', Value: '{"UserType":"Member"}' },
      { Name: 'extendedAuditEventCategory', Value: 'User' },
    ],
    ModifiedProperties: modified,
    Actor: identities(actor),
    ActorContextId: TENANT_ID,
    InterSystemsId: correlationId,
    IntraSystemId: correlationId,
    SupportTicketId: '',
    Target: identities(target),
    TargetContextId: TENANT_ID,
  };
}

const identities = ({ id, upn }: RecordPerson) => [
  { ID: upn, Type: 5 },
  { ID: '10032002A1B2C3D4', Type: 3 },
  { ID: `User_${id}`, Type: 2 },
  { ID: id, Type: 2 },
  { ID: 'User', Type: 2 },
];

const tail = (changed: string) => [
  { Name: 'Included Updated Properties', NewValue: changed, OldValue: '' },
  { Name: 'TargetId.UserType', NewValue: 'Member', OldValue: '' },
];

const exchange = (operation: string, type: number, { actor, target }: RecordLabels) => ({
  Operation: operation,
  RecordType: type,
  ResultStatus: 'Succeeded',
  UserKey: actor.id,
  UserId: actor.upn,
  Workload: 'Exchange',
  ClientIP: '[2001:db8::17]:51512',
  ObjectId: target.upn,
  ClientInfoString: 'Client=REST;Client=RESTSystem;;',
  ExternalAccess: false,
  LogonType: 0,
  MailboxGuid: target.id,
  MailboxOwnerUPN: target.upn,
  OrganizationName: 'fabrikam.example',
  OriginatingServer: 'AM0PR01MB0001 (15.20.7452.000)',
});

/** Reading of mail comes with the ids of all messages that were read. */
const folders = (id: string) =>
  ['\\Inbox', '\\Archive'].map((path, folder) => ({
    Id: `LgAAAAB${id}${folder}`,
    Path: path,
    FolderItems: Array.from({ length: 8 }, (_, item) => ({
      Id: `RgAAAAB${id}${folder}${item}AAAJ`,
      InternetMessageId: `<${id}.${item}@mail.fabrikam.example>`,
      SizeInBytes: 24_000 + item,
    })),
  }));

const sharePoint = ({ actor, group, correlationId }: RecordLabels) => ({
  Operation: 'FileAccessed',
  RecordType: 6,
  UserKey: actor.id,
  UserId: actor.upn,
  Workload: 'SharePoint',
  ClientIP: '203.0.113.77',
  ObjectId: `https://fabrikam.sharepoint.example/sites/${group.name}/Shared Documents/Plan for the quarter.xlsx`,
  CorrelationId: correlationId,
  EventSource: 'SharePoint',
  ItemType: 'File',
  ListItemUniqueId: correlationId,
  Site: group.id,
  UserAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36',
  SiteUrl: `https://fabrikam.sharepoint.example/sites/${group.name}/`,
  SourceFileExtension: 'xlsx',
  SourceFileName: 'Plan for the quarter.xlsx',
  SourceRelativeUrl: 'Shared Documents',
});

function licenseText(partNumber: string, skuId: string): string {
  return `[SkuName=${partNumber}, AccountId=${ACCOUNT}, SkuId=${skuId}, DisabledPlans=[]]`;
}

const assignedPlan = (plan: number, time: string) => ({
  SubscribedPlanId: `00000000-0000-4000-8000-00000000000${plan}`,
  ServiceInstance: 'exchange/AM0PR01-001-01',
  CapabilityStatus: 1,
  AssignedTimestamp: `${time}Z`,
  ServicePlanId: `00000000-0000-4000-9000-00000000000${plan}`,
});
