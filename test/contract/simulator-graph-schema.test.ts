import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOUR_MS } from '../../src/domain/durations.ts';
import { GRAPH_ROUTES } from '../../src/simulator/graph/routes.ts';
import { OPERATOR_ID, OPERATORS_GROUP_ID, SALES_UNIT_ID } from '../../src/simulator/scenarios/well-known.ts';
import { ALEX, CALLING_GROUP, WITH_CALLING_PLANS } from '../builders/simulator/calling-plans.ts';
import {
  type Asked,
  aSimulatedTenant,
  type SimulatedTenant,
} from '../builders/simulator/simulated-tenant.ts';

const schema = JSON.parse(readFileSync('test/contract/graph-schema.json', 'utf8'));
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormatsModule.default(ajv);
ajv.addSchema({ ...schema, $id: 'graph' });

function validatorOf(type: string): ValidateFunction {
  const validate = ajv.getSchema(`graph#/$defs/microsoft.graph.${type}`);
  if (!validate) throw new Error(`The schema has no type ${type}.`);
  return validate;
}

function expectValid(type: string, body: unknown): void {
  const validate = validatorOf(type);
  validate(body);
  expect(validate.errors ?? [], JSON.stringify(body).slice(0, 500)).toEqual([]);
}

/** Types that the schema copy does not have, because the bot reads only ids from them. */
const UNTYPED = new Set([
  '/teams/:team/channels/:channel/messages',
  '/users/:id/licenseDetails',
  // A collection of ids.
  '/users/:id/checkMemberGroups',
  // Only the doctor reads these three, and of them a few fields.
  '/applications/:appId',
  '/servicePrincipals/by-app/:appId',
  '/servicePrincipals/:id/appRoleAssignments',
  // An address, and what no schema of ours has.
  '/reports/:call',
  '/admin/reportSettings',
  '/users/:id/mailboxSettings',
  // Made after a handshake: test/contract/notifications/.
  '/subscriptions',
  '/subscriptions/:id',
  // Of several types: each item is held to its own below.
  '/directory/administrativeUnits/:id/members',
]);

let tenant: SimulatedTenant;
let deletedId: string;
let auditId: string;

beforeAll(async () => {
  tenant = await aSimulatedTenant({ users: 300, scenario: WITH_CALLING_PLANS });
  const { tenant: handle } = tenant.simulator;
  deletedId = handle.user('li@contoso.com')?.id ?? '';
  for (const audit of ['full', 'empty-with-twin', 'sequenced', 'duplicate'] as const) {
    handle.act({ kind: 'remove-license', users: ['leeg@contoso.com'], sku: 'VISIOCLIENT', audit });
    handle.act({ kind: 'assign-license', users: ['leeg@contoso.com'], sku: 'VISIOCLIENT', audit });
  }
  handle.act({ kind: 'remove-member', group: 'LIC-E3', users: ['jonis@contoso.com'] });
  handle.act({ kind: 'add-member', group: CALLING_GROUP, users: [ALEX] });
  handle.act({ kind: 'set-group-licenses', group: 'Sales Benelux', skus: ['FLOW_FREE'] });
  handle.act({ kind: 'update-user', user: 'wei.zhang@contoso.com', set: { department: null } });
  handle.act({ kind: 'delete-user', users: ['li@contoso.com'], by: { app: 'Cleaner' } });
  handle.act({
    kind: 'open-issue',
    issue: {
      id: 'MO1',
      title: 'Licensing',
      service: 'Microsoft 365 suite',
      feature: 'Licensing',
      featureGroup: 'Licensing',
      classification: 'incident',
      impact: 'Some.',
      update: 'We look.',
    },
  });
  handle.postMessage('team', 'channel', {
    id: '1',
    createdAt: 0,
    application: null,
    user: null,
    html: '',
    cards: [],
  });
  tenant.clock.advance(HOUR_MS);
  handle.step(0);
  tenant.clock.advance(HOUR_MS);
  auditId = String((await tenant.everything('/v1.0/auditLogs/directoryAudits'))[0]?.id);
});
afterAll(() => tenant.close());

const EVERY_USER_PROPERTY =
  'id,displayName,givenName,surname,userPrincipalName,mail,mailNickname,department,jobTitle,officeLocation,' +
  'preferredLanguage,usageLocation,accountEnabled,userType,onPremisesSyncEnabled,createdDateTime,assignedLicenses,' +
  'licenseAssignmentStates,assignedPlans,signInActivity,businessPhones,otherMails,proxyAddresses,city,companyName,' +
  'country,creationType,deletedDateTime,employeeId,employeeType,externalUserState,mobilePhone,' +
  'onPremisesImmutableId,onPremisesLastSyncDateTime,state';

const ROLES_PATH = '/roleManagement/directory/roleAssignments';

/** Every collection, by route, with the path that asks for it and the type of its items. */
const COLLECTIONS: [route: string, type: string, path: string, headers?: Record<string, string>][] = [
  ['/users', 'user', '/users?$top=999'],
  ['/users', 'user', `/users?$top=999&$select=${EVERY_USER_PROPERTY}`],
  ['/users', 'user', '/users?$select=id,assignedLicenses'],
  [
    '/users',
    'user',
    '/users?$count=true&$filter=assignedLicenses/$count ne 0&$select=id,licenseAssignmentStates',
    { ConsistencyLevel: 'eventual' },
  ],
  ['/users/delta', 'user', '/users/delta'],
  [
    '/users/delta()',
    'user',
    '/users/delta()?$select=id,assignedLicenses,licenseAssignmentStates,accountEnabled',
  ],
  ['/subscribedSkus', 'subscribedSku', '/subscribedSkus'],
  ['/subscribedSkus', 'subscribedSku', '/subscribedSkus?$select=skuId,prepaidUnits'],
  ['/directory/subscriptions', 'companySubscription', '/directory/subscriptions'],
  ['/directory/deletedItems/microsoft.graph.user', 'user', '/directory/deletedItems/microsoft.graph.user'],
  ['/groups', 'group', '/groups'],
  [
    '/groups',
    'group',
    '/groups?$select=id,displayName,assignedLicenses,licenseProcessingState,membershipRule,groupTypes,onPremisesSyncEnabled,mailEnabled,isAssignableToRole',
  ],
  ['/groups', 'group', '/groups?$filter=hasMembersWithLicenseErrors eq true'],
  ['/groups/:id/owners', 'user', `/groups/${OPERATORS_GROUP_ID}/owners?$select=id`],
  ['/groups/:id/members', 'user', `/groups/${OPERATORS_GROUP_ID}/members`],
  ['/groups/:id/transitiveMembers', 'user', `/groups/${OPERATORS_GROUP_ID}/transitiveMembers?$select=id`],
  ['/groups/:id/membersWithLicenseErrors', 'user', ''],
  ['/users/:id/memberOf', 'group', `/users/${OPERATOR_ID}/memberOf`],
  ['/users/:id/transitiveMemberOf', 'group', `/users/${OPERATOR_ID}/transitiveMemberOf`],
  ['/directory/administrativeUnits', 'administrativeUnit', '/directory/administrativeUnits'],
  ['/roleManagement/directory/roleAssignments', 'unifiedRoleAssignment', ROLES_PATH],
  [
    '/roleManagement/directory/roleAssignments',
    'unifiedRoleAssignment',
    `${ROLES_PATH}?$filter=roleDefinitionId eq '4d6ac14f-3453-41d0-bef9-a3e0c569773a'`,
  ],
  ['/auditLogs/directoryAudits', 'directoryAudit', '/auditLogs/directoryAudits'],
  ['/admin/serviceAnnouncement/issues', 'serviceHealthIssue', '/admin/serviceAnnouncement/issues'],
  [
    '/admin/serviceAnnouncement/healthOverviews',
    'serviceHealth',
    '/admin/serviceAnnouncement/healthOverviews',
  ],
  ['/organization', 'organization', '/organization'],
];

describe('every collection validates', () => {
  it.each(COLLECTIONS)('%s as %s: %s', async (route, type, path, headers = {}) => {
    const asked = route.endsWith('membersWithLicenseErrors')
      ? `/groups/${tenant.simulator.tenant.groupId(CALLING_GROUP)}/membersWithLicenseErrors`
      : path;
    const items = await tenant.everything(encodeURI(`/v1.0${asked}`), headers);
    expect(items.length).toBeGreaterThan(0);
    for (const item of items) expectValid(type, item);
  });

  it('license details have the fields that are documented', async () => {
    const details = await tenant.everything('/v1.0/users/rick@contoso.com/licenseDetails');
    expect(details).toHaveLength(2);
    for (const detail of details) {
      expect(Object.keys(detail).sort()).toEqual(['id', 'servicePlans', 'skuId', 'skuPartNumber']);
      for (const plan of detail.servicePlans as unknown[]) expectValid('servicePlanInfo', plan);
    }
  });

  it('members of a unit are of the type that they name', async () => {
    const path = `/v1.0/directory/administrativeUnits/${SALES_UNIT_ID}/members`;
    const members = await tenant.everything(path);
    const types = members.map((member) => String(member['@odata.type']).replace('#microsoft.graph.', ''));
    expect(new Set(types)).toEqual(new Set(['user', 'group']));
    for (const [index, member] of members.entries()) expectValid(types[index] ?? '', member);
  });

  it('a delta round of changes and removals validates', async () => {
    const { json } = await tenant.ask('/v1.0/users/delta?$deltatoken=latest&$select=assignedLicenses');
    const { tenant: handle } = tenant.simulator;
    handle.act({ kind: 'remove-license', users: ['zoe.mueller@contoso.com'], sku: 'O365_BUSINESS_PREMIUM' });
    handle.act({ kind: 'delete-user', users: ['may.summers@contoso.com'] });
    const items = await tenant.everything((json as Record<string, string>)['@odata.deltaLink'] ?? '');
    expect(items).toHaveLength(2);
    for (const item of items) expectValid('user', item);
  });
});

/** Every single object that is read or answered, by route. */
const OBJECTS: [method: string, route: string, type: string, path: () => string, asked?: Asked][] = [
  ['GET', '/users/:id', 'user', () => '/users/rick@contoso.com'],
  ['GET', '/users/:id', 'user', () => `/users/rick@contoso.com?$select=${EVERY_USER_PROPERTY}`],
  ['GET', '/groups/:id', 'group', () => `/groups/${OPERATORS_GROUP_ID}`],
  [
    'GET',
    '/directory/administrativeUnits/:id',
    'administrativeUnit',
    () => `/directory/administrativeUnits/${SALES_UNIT_ID}`,
  ],
  [
    'GET',
    '/directory/subscriptions/:id',
    'companySubscription',
    () => "/directory/subscriptions(commerceSubscriptionId='4310c138-8523-4b44-80e3-5448b92985c3')",
  ],
  ['GET', '/directory/deletedItems/:id', 'user', () => `/directory/deletedItems/${deletedId}`],
  ['GET', '/auditLogs/directoryAudits/:id', 'directoryAudit', () => `/auditLogs/directoryAudits/${auditId}`],
  [
    'POST',
    '/users/:id/assignLicense',
    'user',
    () => '/users/alexw@contoso.com/assignLicense',
    { body: { addLicenses: [], removeLicenses: [] } },
  ],
  [
    'POST',
    '/users/:id/reprocessLicenseAssignment',
    'user',
    () => '/users/rick@contoso.com/reprocessLicenseAssignment',
  ],
  [
    'POST',
    '/groups/:id/assignLicense',
    'group',
    () => `/groups/${OPERATORS_GROUP_ID}/assignLicense`,
    { body: { addLicenses: [], removeLicenses: [] } },
  ],
  [
    'POST',
    '/directory/deletedItems/:id/restore',
    'user',
    () => `/directory/deletedItems/${deletedId}/restore`,
  ],
];

describe('every object validates', () => {
  it.each(OBJECTS)('%s %s as %s', async (method, _route, type, path, asked = {}) => {
    const answer = await tenant.ask(`/v1.0${path()}`, { method, ...asked });
    expect(answer.status, answer.text).toBeLessThan(300);
    expectValid(type, answer.json);
  });
});

describe('the table above', () => {
  it('names every Graph route that answers with a body', () => {
    const silent = new Set(['PATCH', 'DELETE']);
    const covered = new Set([
      ...COLLECTIONS.map(([route]) => `GET ${route}`),
      ...OBJECTS.map(([method, route]) => `${method} ${route}`),
    ]);
    const missing = GRAPH_ROUTES.filter((route) => !silent.has(route.method))
      .map((route) => ({ method: route.method, path: route.path.replace('/v1.0', '') }))
      .filter(({ path }) => !UNTYPED.has(path) && path !== '/users/$count' && !path.endsWith('/$ref'))
      .map(({ method, path }) => `${method} ${path}`)
      .filter((route) => !covered.has(route));
    expect(missing).toEqual([]);
  });
});
