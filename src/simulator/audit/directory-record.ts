import { isoSeconds } from '../tenant/clock.ts';
import type { Actor, AuditFact, LoggedValue, Modified } from './fact.ts';
import { LICENSING_SERVICE } from './licensing-service.ts';

export type DirectoryAudit = {
  id: string;
  activityDateTime: string;
  activityDisplayName: string;
  category: string;
  targetResources: { id: string; [key: string]: unknown }[];
  [key: string]: unknown;
};

/** JSON text inside a string: scalars keep their quotes, lists are not pretty-printed, unset is null. */
const written = (value: LoggedValue): string | null => (value === null ? null : JSON.stringify(value));

const modifiedProperty = ({ name, before, after }: Modified) => ({
  displayName: name,
  oldValue: written(before),
  newValue: written(after),
});

function initiatedBy(actor: Actor, groupLicensingName: string) {
  if (actor.kind === 'user') {
    const user = { id: actor.id, displayName: null, userPrincipalName: actor.userPrincipalName };
    return { user: { ...user, ipAddress: '203.0.113.7' }, app: null };
  }
  if (actor.kind === 'group-licensing' && groupLicensingName === 'absent') return { user: null, app: null };
  if (actor.kind === 'licensing-service') {
    const { appId, name, servicePrincipalId } = LICENSING_SERVICE;
    return { user: null, app: { appId, displayName: name, servicePrincipalId, servicePrincipalName: null } };
  }
  const app = { appId: null, servicePrincipalName: null };
  return actor.kind === 'app'
    ? { user: null, app: { ...app, displayName: actor.name, servicePrincipalId: actor.servicePrincipalId } }
    : { user: null, app: { ...app, displayName: groupLicensingName, servicePrincipalId: null } };
}

/** Without an actor only this property tells that group licensing did it (azure-docs issue 47874). */
const PROPAGATION: Modified = { name: 'Action Client Name', before: null, after: 'PropagationService' };

/** Writes a fact as Graph's `directoryAudit`, as far as its form is known (reference §5). */
export function directoryRecord(fact: AuditFact, serial: number, groupLicensingName: string): DirectoryAudit {
  const anonymous = fact.actor.kind === 'group-licensing' && groupLicensingName === 'absent';
  return {
    id: `Directory_${fact.correlationId}_SIM1W_${serial}`,
    activityDateTime: isoSeconds(fact.at),
    activityDisplayName: fact.operation,
    category: fact.category,
    correlationId: fact.correlationId,
    loggedByService: 'Core Directory',
    operationType: fact.operationType,
    result: fact.failure === null ? 'success' : 'failure',
    resultReason: fact.failure ?? '',
    initiatedBy: initiatedBy(fact.actor, groupLicensingName),
    targetResources: fact.targets.map((target, index) => ({
      id: target.id,
      displayName: null,
      type: target.kind,
      userPrincipalName: target.userPrincipalName,
      groupType: target.kind === 'Group' ? 'azureAD' : null,
      modifiedProperties: [...target.modified, ...(anonymous && index === 0 ? [PROPAGATION] : [])].map(
        modifiedProperty,
      ),
    })),
    additionalDetails: Object.entries(fact.details).map(([key, value]) => ({ key, value })),
  };
}
