import type { ContentType } from '../activity/feed.ts';
import type { ActivityRecord } from '../audit/activity-record.ts';
import type { DirectoryAudit } from '../audit/directory-record.ts';

/** Who is in the tenant, and how its records are made. */
export type Cast = {
  tenantId: string;
  domain: string;
  /** User principal names and object ids of people who work. */
  people: readonly { upn: string; id: string; name: string }[];
  admin: string;
  newId(): string;
};

/** A record for one of the logs, and when it happened, ms UTC. */
export type LogLine =
  | { log: 'activity'; at: number; contentType: ContentType; record: ActivityRecord }
  | { log: 'directory'; at: number; record: DirectoryAudit };

const CONTENT: Readonly<Record<string, ContentType>> = {
  AzureActiveDirectory: 'Audit.AzureActiveDirectory',
  Exchange: 'Audit.Exchange',
  SharePoint: 'Audit.SharePoint',
  OneDrive: 'Audit.SharePoint',
};

const RECORD_TYPES: Readonly<Record<string, number>> = {
  AzureActiveDirectory: 8,
  Exchange: 1,
  SharePoint: 6,
  OneDrive: 6,
  MicrosoftTeams: 25,
};

/** A record of the unified audit log. */
export function activityLine(
  cast: Cast,
  at: number,
  workload: string,
  operation: string,
  who: string,
  over: Record<string, unknown> = {},
): LogLine {
  const record: ActivityRecord = {
    CreationTime: new Date(at).toISOString().slice(0, 19),
    Id: cast.newId(),
    Operation: operation,
    OrganizationId: cast.tenantId,
    RecordType: RECORD_TYPES[workload] ?? 1,
    ResultStatus: workload === 'Exchange' ? 'True' : 'Success',
    UserKey: who,
    UserType: 0,
    Version: 1,
    Workload: workload,
    UserId: who,
    ...(workload === 'Exchange' ? { OrganizationName: cast.domain } : {}),
    ...over,
  };
  return { log: 'activity', at, contentType: CONTENT[workload] ?? 'Audit.General', record };
}

/** A record of the Entra audit log: what one account did to another. */
export function directoryLine(
  cast: Cast,
  at: number,
  operation: string,
  by: { upn: string } | { app: string },
  target: { kind: string; id: string; name: string },
  modified: readonly { displayName: string; oldValue: string | null; newValue: string | null }[] = [],
): LogLine {
  const correlationId = cast.newId();
  const record: DirectoryAudit = {
    id: `Directory_${correlationId}_SIM1W_${at % 100_000}`,
    activityDateTime: new Date(at).toISOString(),
    activityDisplayName: operation,
    category: 'UserManagement',
    correlationId,
    loggedByService: 'Core Directory',
    operationType: 'Update',
    result: 'success',
    resultReason: '',
    initiatedBy:
      'upn' in by
        ? {
            user: {
              id: cast.newId(),
              displayName: null,
              userPrincipalName: by.upn,
              ipAddress: '198.51.100.7',
            },
            app: null,
          }
        : {
            user: null,
            app: {
              appId: null,
              displayName: by.app,
              servicePrincipalId: cast.newId(),
              servicePrincipalName: null,
            },
          },
    targetResources: [
      {
        id: target.id,
        displayName: target.name,
        type: target.kind,
        userPrincipalName: target.kind === 'User' ? target.name : null,
        groupType: null,
        modifiedProperties: modified,
      },
    ],
    additionalDetails: [],
  };
  return { log: 'directory', at, record };
}

/** Numbers from 0 to 1 that are the same each time for a seed (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
