import type { ApiReply } from '../http/message.ts';
import { param } from '../http/routes.ts';
import { ALL_PERMISSIONS } from '../sign-in/registration.ts';
import { isoSeconds } from '../tenant/clock.ts';
import { idOf } from '../tenant/ids.ts';
import { collection, entity, type GraphCall, notFound } from './call.ts';

/** Microsoft Graph's own service principal, which is in every tenant. */
const GRAPH_APP_ID = '00000003-0000-0000-c000-000000000000';
const GRAPH_PRINCIPAL_ID = idOf('service-principal', GRAPH_APP_ID);

const roleId = (permission: string): string => idOf('app-role', permission);

/** The registration by its client id: when its secrets end, and of each the first letters. */
export function getApplication(call: GraphCall): ApiReply {
  const { app } = call;
  const appId = param(call.params, 'appId').toLowerCase();
  if (appId !== app.clientId) throw notFound(appId);
  const passwordCredentials = app.secrets.map(({ value, keyId, endsAt }) => ({
    customKeyIdentifier: null,
    displayName: 'License Watch',
    endDateTime: isoSeconds(endsAt),
    hint: value.slice(0, 3),
    keyId,
    secretText: null,
    startDateTime: isoSeconds(endsAt - 730 * 86_400_000),
  }));
  const body = { id: idOf('application', app.clientId), appId, passwordCredentials, keyCredentials: [] };
  return entity(call, 'applications/$entity', JSON.stringify(body));
}

/** The enterprise application by its client id: ours, or Graph's with the permissions that it offers. */
export function getServicePrincipal(call: GraphCall): ApiReply {
  const { app } = call;
  const appId = param(call.params, 'appId').toLowerCase();
  if (appId === GRAPH_APP_ID) {
    const appRoles = ALL_PERMISSIONS.map((value) => ({ id: roleId(value), value, isEnabled: true }));
    return entity(
      call,
      'servicePrincipals/$entity',
      JSON.stringify({ id: GRAPH_PRINCIPAL_ID, appId, appRoles }),
    );
  }
  if (appId !== app.clientId) throw notFound(appId);
  const body = { id: app.servicePrincipalId, appId, accountEnabled: true };
  return entity(call, 'servicePrincipals/$entity', JSON.stringify(body));
}

/** What was granted to the app, whatever its token says. */
export function listAppRoleAssignments(call: GraphCall): ApiReply {
  const { app, now } = call;
  const id = param(call.params, 'id').toLowerCase();
  if (id !== app.servicePrincipalId) throw notFound(id);
  const rows = [...app.permissions].map((permission) =>
    JSON.stringify({
      id: idOf('app-role-assignment', permission),
      appRoleId: roleId(permission),
      createdDateTime: isoSeconds(app.grantedAt.get(permission) ?? now - 90 * 86_400_000),
      principalId: app.servicePrincipalId,
      resourceId: GRAPH_PRINCIPAL_ID,
    }),
  );
  return collection(call, 'appRoleAssignments', rows);
}
