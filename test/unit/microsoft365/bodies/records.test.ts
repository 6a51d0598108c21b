import { describe, expect, it } from 'vitest';
import type { AuditEvent } from '../../../../src/domain/audit/event.ts';
import { normaliseActivityRecord } from '../../../../src/microsoft365/bodies/audit/activity-record.ts';
import { normaliseDirectoryAudit } from '../../../../src/microsoft365/bodies/audit/directory-audit.ts';
import type { Normalised } from '../../../../src/microsoft365/bodies/audit/normalised.ts';

const USER = '6d4ca534-c337-474d-8c76-6c715b31bc52';
const APP = '5c242833-909c-4c6b-bca3-50feaaa98d23';
const GROUP = '0388df69-2fcb-5cb2-901f-3558952c7b1d';

function eventOf(taken: Normalised): AuditEvent {
  if (!taken.ok) throw new Error(taken.reason);
  return taken.event;
}
const activity = (fields: object): AuditEvent =>
  eventOf(
    normaliseActivityRecord({
      Id: 'r1',
      CreationTime: '2026-11-23T08:05:30',
      Operation: 'Update user.',
      ...fields,
    }),
  );
const graph = (fields: object): AuditEvent =>
  eventOf(
    normaliseDirectoryAudit({
      id: 'd1',
      activityDateTime: '2026-11-23T08:05:30Z',
      activityDisplayName: 'Update user',
      ...fields,
    }),
  );

it('a kind of target that nobody knows is another kind, also when it is named as a method is', () => {
  const targets = graph({
    targetResources: [{ type: 'constructor', id: GROUP }, { type: 'Planet' }],
  }).targets;
  expect(targets.map(({ kind }) => kind)).toEqual(['other', 'other']);
});

describe('times and operations', () => {
  it.each([
    ['2026-11-23T08:05:30', '2026-11-23T08:05:30.000Z'],
    ['2026-11-23 08:05:30.123456789', '2026-11-23T08:05:30.123Z'],
    ['2026-11-23T10:05:30+02:00', '2026-11-23T08:05:30.000Z'],
    ['2026-11-23T08:05:30.1234567Z', '2026-11-23T08:05:30.123Z'],
  ])('%s is %s', (text, instant) => {
    expect(new Date(activity({ CreationTime: text }).at).toISOString()).toBe(instant);
  });

  it('a record without a time is kept at the time it is given', () => {
    const taken = normaliseActivityRecord({ Id: 'r1', Operation: 'SearchAlert' }, 42);
    expect(taken).toMatchObject({ ok: true, event: { id: 'r1', at: 42 } });
  });

  it.each([
    ['Change user license.', 'Change user license'],
    [
      'Update application \u2013 Certificates and secrets management ',
      'Update application - Certificates and secrets management',
    ],
    ['UserLoginFailed', 'UserLoginFailed'],
  ])('%s is %s', (logged, operation) => {
    expect(activity({ Operation: logged }).operation).toBe(operation);
  });
});

describe('who acted, in the unified audit log', () => {
  const other = (ID: string) => ({ ID, Type: 2 });
  it.each<{ name: string; fields: object; actor: AuditEvent['actor'] }>([
    {
      name: 'a person who worked through the portal',
      fields: {
        UserId: 'ines@fabrikam.example',
        Actor: [
          { ID: 'ines@fabrikam.example', Type: 5 },
          { ID: 'Microsoft Office 365 Portal', Type: 1 },
          other('00000006-0000-0ff1-ce00-000000000000'),
          other(`User_${USER}`),
          other(USER),
          other('User'),
        ],
      },
      actor: { kind: 'user', id: USER, name: 'ines@fabrikam.example' },
    },
    {
      name: 'an app',
      fields: {
        UserId: `ServicePrincipal_${APP}`,
        UserType: 4,
        UserKey: 'Not Available',
        Actor: [{ ID: 'HR feed', Type: 1 }, other(GROUP), other(`ServicePrincipal_${APP}`), other(APP)],
      },
      actor: { kind: 'app', id: APP, name: 'HR feed', appId: GROUP },
    },
    {
      name: 'the licensing service',
      fields: { UserId: 'x', Actor: [{ ID: 'Microsoft Azure AD Group-Based Licensing', Type: 1 }] },
      actor: { kind: 'system', id: null, name: 'Microsoft Azure AD Group-Based Licensing' },
    },
    {
      name: 'the sync account',
      fields: { UserId: 'Sync_FS01_1a2b@fabrikam.example', Actor: [other(`User_${USER}`)] },
      actor: { kind: 'system', id: USER, name: 'Sync_FS01_1a2b@fabrikam.example' },
    },
    {
      name: 'a partner, by the kind of user',
      fields: { UserId: 'helper@partner.example', UserType: 9 },
      actor: { kind: 'partner', id: null, name: 'helper@partner.example' },
    },
    {
      name: 'a partner, by the name',
      fields: {
        UserId: 'user_0123456789abcdef0123456789abcdef@partner.example',
        Actor: [{ ID: 'user_0123456789abcdef0123456789abcdef@partner.example', Type: 5 }, other(USER)],
      },
      actor: { kind: 'partner', id: USER, name: 'user_0123456789abcdef0123456789abcdef@partner.example' },
    },
    { name: 'nobody', fields: { UserId: 'Not Available' }, actor: null },
    {
      name: 'the service itself',
      fields: { UserId: 'NT AUTHORITY\\SYSTEM (w3wp)', UserType: 2 },
      actor: { kind: 'system', id: null, name: 'NT AUTHORITY\\SYSTEM (w3wp)' },
    },
  ])('$name', ({ fields, actor }) => {
    expect(activity(fields).actor).toEqual(actor);
  });
});

describe('what was acted on', () => {
  it("a deleted user's name still carries the object id", () => {
    const { targets } = activity({ ObjectId: `${USER.replaceAll('-', '')}newuser@fabrikam.example` });
    expect(targets).toMatchObject([{ kind: 'user', id: USER }]);
  });

  it('a trimmed copy names its user without an id', () => {
    const { targets } = activity({
      Target: [
        { ID: 'User', Type: 2 },
        { ID: 'emily@fabrikam.example', Type: 5 },
      ],
    });
    expect(targets).toEqual([{ kind: 'user', id: null, name: 'emily@fabrikam.example' }]);
  });

  it.each([
    ['added', null, `"${GROUP}"`],
    ['removed', `"${GROUP}"`, null],
  ])('a member %s: the group is named in the properties of the member', (_name, oldValue, newValue) => {
    const event = graph({
      activityDisplayName: newValue ? 'Add member to group' : 'Remove member from group',
      targetResources: [
        {
          id: USER,
          type: 'User',
          userPrincipalName: 'a@b.c',
          modifiedProperties: [
            { displayName: 'Group.ObjectID', oldValue, newValue },
            {
              displayName: 'Group.DisplayName',
              oldValue: oldValue && '"LIC-E3"',
              newValue: newValue && '"LIC-E3"',
            },
          ],
        },
        { id: GROUP, Type: 'Group', displayName: null },
      ],
    });
    expect(event.group).toEqual({ id: GROUP, name: 'LIC-E3' });
    expect(event.targets.map(({ kind }) => kind)).toEqual(['user', 'group']);
  });
});

describe('records of the directory log', () => {
  it.each([
    ['success', 'success'],
    ['failure', 'failure'],
    ['failed', 'failure'],
    ['timeout', 'failure'],
    [undefined, 'unknown'],
  ])('the result %s counts as %s', (result, expected) => {
    expect(graph({ result }).result).toBe(expected);
  });

  it('an empty initiatedBy is nobody, and the client that acted is kept', () => {
    const event = graph({
      initiatedBy: { user: null, app: { appId: null, displayName: null } },
      targetResources: [
        {
          id: USER,
          type: 'User',
          modifiedProperties: [{ displayName: 'Action Client Name', newValue: '"PropagationService"' }],
        },
      ],
    });
    expect(event.actor).toBeNull();
    expect(event.actionClient).toBe('PropagationService');
  });

  it("Azure Monitor's envelope is opened", () => {
    const inside = {
      id: 'd2',
      activityDateTime: '2026-11-23T08:05:30Z',
      activityDisplayName: 'Update device',
    };
    const taken = normaliseDirectoryAudit({
      time: '2026-11-23T09:00:00Z',
      category: 'AuditLogs',
      properties: inside,
    });
    expect(eventOf(taken)).toMatchObject({ id: 'd2', operation: 'Update device' });
  });
});

describe('what cannot be an event', () => {
  it.each([[null], ['text'], [42], [[]], [{}], [{ Id: {} }]])('%j is refused with a reason', (body) => {
    for (const taken of [normaliseActivityRecord(body), normaliseDirectoryAudit(body)]) {
      expect(taken).toMatchObject({ ok: false, reason: expect.stringContaining('The record') });
    }
  });

  it('fields of wrong types count as absent', () => {
    const event = activity({
      Actor: 'nobody',
      Target: { ID: 1 },
      ModifiedProperties: [1, null, 'HtmlBody'],
      UserType: [],
    });
    expect(event).toMatchObject({ actor: null, targets: [], modified: [{ name: 'HtmlBody' }] });
  });

  it('a record without an id is known by its labels, the same each time', () => {
    const body = { CreationTime: '2026-11-23T08:05:30', Operation: 'Update user.', ObjectId: 'a@b.c' };
    expect(eventOf(normaliseActivityRecord(body)).id).toBe(eventOf(normaliseActivityRecord({ ...body })).id);
  });

  it('a sign-in that failed is a failure, whatever its status says', () => {
    expect(activity({ Operation: 'UserLoginFailed', ResultStatus: 'Success' }).result).toBe('failure');
  });
});
