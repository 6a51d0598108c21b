/** Sign-ins, teams, and what other workloads record. */
import { ADDRESSES, CAST, OFFICE_ADDRESS, SITES } from './cast.ts';
import type { Did, Draw, Made } from './fact.ts';
import { activityRecord, entraActor } from './record-forms.ts';

const OFFICE_APP = '4765445b-32c6-49b0-83e6-1d93765276ca';

/** Somebody signs in, or cannot. */
export function aSignIn(draw: Draw, at: number): Made {
  const by = draw.one(CAST);
  const fails = draw.below(4) === 0;
  const address = draw.below(3) === 0 ? draw.one(ADDRESSES) : OFFICE_ADDRESS;
  const operation = fails ? 'UserLoginFailed' : 'UserLoggedIn';
  const id = draw.id();
  return {
    fact: {
      id,
      at,
      did: fails ? 'failed to sign in' : 'signed in',
      operation,
      workload: 'AzureActiveDirectory',
      by: by.key,
      on: [],
      address,
      failed: fails,
    },
    record: activityRecord(
      { id, at, operation },
      {
        ...entraActor(by, address),
        RecordType: 15,
        ResultStatus: fails ? 'Failed' : 'Success',
        ApplicationId: OFFICE_APP,
        ObjectId: '00000002-0000-0000-c000-000000000000',
        Target: [{ ID: '00000002-0000-0000-c000-000000000000', Type: 0 }],
        ...(fails ? { LogonError: 'InvalidUserNameOrPassword', ErrorNumber: '50126' } : {}),
        ExtendedProperties: [
          { Name: 'UserAgent', Value: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)' },
          { Name: 'RequestType', Value: 'OAuth2:Authorize' },
        ],
      },
    ),
  };
}

const OF_TEAMS: readonly (readonly [string, Did])[] = [
  ['TeamCreated', 'changed a team'],
  ['TeamDeleted', 'changed a team'],
  ['ChannelAdded', 'changed a team'],
  ['MemberAdded', 'changed a team'],
  ['TeamsSessionStarted', 'signed in'],
  ['TeamsSessionStarted', 'signed in'],
];

/** Somebody does something in Teams. */
export function aTeamsRecord(draw: Draw, at: number): Made {
  const [operation, did] = draw.one(OF_TEAMS);
  const by = draw.one(CAST);
  const whom = draw.one(CAST);
  const team = `Team ${draw.one(SITES)}`;
  const isSession = operation === 'TeamsSessionStarted';
  const isMember = operation === 'MemberAdded';
  const id = draw.id();
  return {
    fact: {
      id,
      at,
      did,
      operation,
      workload: 'MicrosoftTeams',
      by: by.key,
      on: isSession ? [] : isMember ? [team, whom.key] : [team],
    },
    record: activityRecord(
      { id, at, operation },
      {
        RecordType: 25,
        Workload: 'MicrosoftTeams',
        UserId: by.upn,
        UserKey: by.id,
        ...(isSession
          ? { ObjectId: 'Windows' }
          : { TeamName: team, TeamGuid: `19:${draw.id()}@thread.tacv2` }),
        ...(isMember ? { Members: [{ UPN: whom.upn, DisplayName: whom.name, Role: 1 }] } : {}),
        ...(operation === 'ChannelAdded' ? { ChannelName: 'Planning', ChannelType: 'Standard' } : {}),
      },
    ),
  };
}

/** Workloads and operations of which the product has no words. */
export function anotherRecord(draw: Draw, at: number): Made {
  const by = draw.one(CAST);
  const [operation, workload, recordType] = draw.one([
    ['ViewReport', 'PowerBI', 20],
    ['CreateForm', 'MicrosoftForms', 66],
    ['LaunchPowerApp', 'PowerApps', 45],
    ['CreateFlow', 'MicrosoftFlow', 30],
    ['PlannerTaskCompleted', 'Planner', 188],
    ['MessageCreation', 'Yammer', 22],
  ] as const);
  const id = draw.id();
  return {
    fact: { id, at, did: 'other', operation, workload, by: by.key, on: [], address: OFFICE_ADDRESS },
    record: activityRecord(
      { id, at, operation },
      {
        RecordType: recordType,
        Workload: workload,
        UserId: by.upn,
        ClientIP: OFFICE_ADDRESS,
        ResultStatus: 'Succeeded',
        ObjectId: `item ${draw.below(50)}`,
      },
    ),
  };
}

/** Ingestion into the unified log is switched, once in a while. */
export function anAuditingRecord(draw: Draw, at: number): Made {
  const isOn = draw.below(2) === 0;
  const by = draw.one(CAST);
  const id = draw.id();
  const operation = 'Set-AdminAuditLogConfig';
  return {
    fact: {
      id,
      at,
      did: 'changed auditing',
      operation,
      workload: 'Exchange',
      by: by.key,
      on: [],
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
        ClientIP: `${OFFICE_ADDRESS}:40100`,
        ObjectId: 'Admin Audit Log Settings',
        OrganizationName: 'fabrikam.onmicrosoft.com',
        Parameters: [{ Name: 'UnifiedAuditLogIngestionEnabled', Value: isOn ? 'True' : 'False' }],
      },
    ),
  };
}
