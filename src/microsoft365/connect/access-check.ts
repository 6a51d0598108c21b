import type { GraphRequest } from '@microsoft/microsoft-graph-client';
import { type ReadFailureCode, TenantReadError } from '../../domain/ports.ts';
import type { ActivityFeed } from '../audit/activity-feed.ts';
import type { GraphClient } from '../graph/graph-client.ts';
import { expectSuccess } from '../http/json-answer.ts';
import { OPERATIONS, type Operation } from '../operations.ts';

/** Whether the tenant lets us do one thing. `problem` is null when it does. */
export type AccessCheck = {
  what: string;
  permission: string;
  problem: { code: ReadFailureCode; message: string } | null;
};

type Trial = { operation: Operation; run: () => Promise<unknown> };

/** Tries each kind of read once, in its smallest form, one after another. Nothing is written. */
export async function checkAccess(
  graph: GraphClient,
  reports: GraphClient,
  feed: ActivityFeed,
  signal: AbortSignal,
): Promise<AccessCheck[]> {
  const tryOn = (client: GraphClient, operation: Operation, request: GraphRequest): Trial => ({
    operation,
    run: async () => expectSuccess(await client.get(request, operation, signal), operation),
  });
  const trials: Trial[] = [
    tryOn(graph, OPERATIONS.listUsers, graph.api('/users').select('id').top(1)),
    tryOn(graph, OPERATIONS.subscribedSkus, graph.api('/subscribedSkus')),
    tryOn(graph, OPERATIONS.subscriptions, graph.api('/directory/subscriptions')),
    tryOn(graph, OPERATIONS.licensedGroups, graph.api('/groups').select('id,assignedLicenses').top(1)),
    tryOn(graph, OPERATIONS.roleAssignments, rolesOfNobody(graph)),
    tryOn(graph, OPERATIONS.unitMembers, graph.api('/directory/administrativeUnits').select('id').top(1)),
    tryOn(graph, OPERATIONS.serviceIssues, graph.api('/admin/serviceAnnouncement/issues')),
    tryOn(reports, OPERATIONS.directoryAudits, reports.api('/auditLogs/directoryAudits').top(1)),
    // Starting what is started changes nothing, and is the first thing that the collection does.
    { operation: OPERATIONS.activityFeed, run: () => feed.start('Audit.AzureActiveDirectory', signal) },
  ];
  const checks: AccessCheck[] = [];
  for (const trial of trials) checks.push(await check(trial));
  return checks;
}

/** The list takes no `$top`; nobody holds anything under an id of zeros. */
const rolesOfNobody = (graph: GraphClient): GraphRequest =>
  graph
    .api('/roleManagement/directory/roleAssignments')
    .filter("principalId eq '00000000-0000-0000-0000-000000000000'");

async function check({ operation, run }: Trial): Promise<AccessCheck> {
  const { what, permission } = operation;
  try {
    await run();
    return { what, permission, problem: null };
  } catch (error) {
    if (!(error instanceof TenantReadError)) throw error;
    return { what, permission, problem: { code: error.code, message: error.message } };
  }
}
