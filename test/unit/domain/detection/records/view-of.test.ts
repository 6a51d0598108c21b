import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DETECTIONS } from '../../../../../scripts/detections-table.ts';
import { OWN_FIELDS } from '../../../../../src/domain/detection/records/own-fields.ts';
import { createViewer, viewOf } from '../../../../../src/domain/detection/records/view-of.ts';

const GLOBAL_ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10';
const CORRELATION = 'C0FFEE00-0000-4000-8000-000000000001';

const ACTIVITY = {
  CreationTime: '2026-09-01T08:00:00',
  Id: 'a1',
  Operation: 'Add member to role.',
  RecordType: 8,
  ResultStatus: 'Success',
  UserType: 0,
  Workload: 'AzureActiveDirectory',
  ClientIP: '[2001:db8::7]:443',
  ObjectId: 'Ada@tailspin.example',
  UserId: 'Boss@tailspin.example',
  InterSystemsId: CORRELATION,
  ModifiedProperties: [
    { Name: 'Role.DisplayName', NewValue: 'Globaler Administrator', OldValue: '' },
    { Name: 'Role.TemplateId', NewValue: GLOBAL_ADMINISTRATOR, OldValue: '' },
  ],
  Target: [
    { ID: 'User_0b0b0b0b-0000-4000-8000-000000000002', Type: 2 },
    { ID: 'User', Type: 2 },
    { ID: 'Ada@tailspin.example', Type: 5 },
  ],
  Actor: [{ ID: 'Boss@tailspin.example', Type: 5 }],
};
const GRAPH = {
  id: 'Directory_c0ffee00_1',
  activityDateTime: '2026-09-01T08:00:00.1234567Z',
  activityDisplayName: 'Add member to role',
  loggedByService: 'Core Directory',
  result: 'success',
  correlationId: CORRELATION.toLowerCase(),
  initiatedBy: { user: { userPrincipalName: 'boss@tailspin.example', ipAddress: '2001:db8::7' } },
  targetResources: [
    {
      type: 'User',
      userPrincipalName: 'ada@tailspin.example',
      modifiedProperties: [
        { displayName: 'Role.DisplayName', oldValue: null, newValue: '"Global Administrator"' },
        { displayName: 'Role.TemplateId', oldValue: null, newValue: `"${GLOBAL_ADMINISTRATOR}"` },
      ],
    },
  ],
};

const view = (record: object) => {
  const seen = viewOf(JSON.stringify(record));
  if (!seen) throw new Error('the record was not read');
  return seen;
};

describe('an act in both logs', () => {
  const [activity, graph] = [view(ACTIVITY), view(GRAPH)];

  test('has one operation, the same labels, and the same act', () => {
    expect(activity.operation).toBe(graph.operation);
    expect(activity.labels).toEqual({
      actor: 'boss@tailspin.example',
      address: '2001:db8::7',
      role: 'Global Administrator',
      target: 'ada@tailspin.example',
    });
    expect(graph.labels).toEqual(activity.labels);
    expect(graph.together).toBe(activity.together);
  });

  test.each([
    ['Operation', 'Add member to role'],
    ['OperationName', 'Add member to role.'],
    ['ActivityDisplayName', 'Add member to role'],
    ['eventName', 'Add member to role'],
    ['properties.message', 'Add member to role'],
    ['status', 'Success'],
    ['properties.result', 'Success'],
    ['lw.role.tier', 'top'],
    ['LW.Role.Act', 'given'],
    ['Role.TemplateId', GLOBAL_ADMINISTRATOR],
    ['TargetResources.ModifiedProperties.DisplayName', 'Role.TemplateId'],
  ])('has %s in either form', (field, value) => {
    expect(activity.values(field)).toContain(value);
    expect(graph.values(field)).toContain(value);
  });

  test('has no field that the record lacks', () => {
    expect(activity.values('DeliveryAction')).toBeUndefined();
    expect(graph.values('lw.scopes')).toBeUndefined();
  });
});

test('reads a record whose names are folded, and one in an export or in Azure Monitor’s envelope', () => {
  const folded = Object.fromEntries(
    Object.entries(ACTIVITY).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const records = [
    folded,
    { RecordId: 'x', AuditData: JSON.stringify(ACTIVITY) },
    { time: 'x', properties: GRAPH },
  ];
  for (const record of records) expect(view(record).labels.target).toBe('ada@tailspin.example');
});

describe('who acted', () => {
  const by = (over: object) => view({ ...ACTIVITY, Actor: [], ...over }).values('lw.actor.kind');
  test.each([
    ['a person', { UserId: 'lee@tailspin.example' }, 'person'],
    ['a partner', { UserId: `user_${'0a'.repeat(16)}@partner.example`, UserType: 9 }, 'person'],
    ['an app', { UserId: 'ServicePrincipal_x', UserType: 4, Actor: [{ ID: 'Door Sensor', Type: 1 }] }, 'app'],
    ['Exchange itself', { UserId: 'NT AUTHORITY\\SYSTEM (w3wp)', UserType: 2 }, 'service'],
    ['a datacenter', { UserId: 'x@eurprd04.prod.outlook.com', UserType: 3 }, 'service'],
    ['SharePoint itself', { UserId: 'app@sharepoint' }, 'service'],
    ['the sync', { UserId: 'Sync_DC1_0a1b@tailspin.onmicrosoft.com' }, 'service'],
    ['somebody with a link', { UserId: 'urn:spo:anon#4f' }, 'anonymous'],
    ['nobody', { UserId: 'Not Available' }, 'nobody'],
  ])('is %s', (_who, over, kind) => {
    expect(by(over)).toEqual([kind]);
  });

  test('is no part of Microsoft for a name that only sounds like it', () => {
    const app = (name: string) =>
      view({ ...ACTIVITY, UserId: 'ServicePrincipal_x', UserType: 4, Actor: [{ ID: name, Type: 1 }] }).values(
        'lw.actor.isMicrosoft',
      );
    expect(app('Microsoft Helper')).toEqual([false]);
    expect(app('Certificate')).toEqual([true]);
  });
});

describe('where mail goes', () => {
  const outside = (to: string, over: object = {}) =>
    view({
      Id: 'x',
      Operation: 'Set-Mailbox',
      UserId: 'lee@tailspin.example',
      OrganizationName: 'tailspin.onmicrosoft.com',
      Parameters: [{ Name: 'ForwardingSmtpAddress', Value: to }],
      ...over,
    }).values('lw.forward.outside');
  test.each([
    ['smtp:lee@fabrikam.example', ['lee@fabrikam.example']],
    ['"Lee" [SMTP:Lee@Fabrikam.example]; b@tailspin.example', ['lee@fabrikam.example']],
    ['lee@tailspin.example.co', ['lee@tailspin.example.co']],
    ['lee@nottailspin.example', ['lee@nottailspin.example']],
    ['lee@eu.tailspin.example', undefined],
    ['lee@tailspin.mail.onmicrosoft.com', undefined],
    ['lee@tailspin.onmicrosoft.com', undefined],
    ['$null', undefined],
    ['', undefined],
  ])('%s', (to, expected) => {
    expect(outside(to)).toEqual(expected);
  });
});

describe('a license change in pieces', () => {
  const license = (plans: string): string =>
    `[SkuName=SPE_E5, AccountId=x, SkuId=06ebc4ee-1bb5-47dd-8120-11324bc54e06, DisabledPlans=[${plans}]]`;
  const text = JSON.stringify({
    targetUpdatedProperties: JSON.stringify([
      {
        Name: 'AssignedLicense',
        OldValue: JSON.stringify([license('')]),
        NewValue: JSON.stringify([license('TEAMS1')]),
      },
    ]),
  });
  const slices = text.match(/.{1,100}/gs) ?? [];
  const records = slices.map((b, index) =>
    JSON.stringify({
      ...ACTIVITY,
      Id: `piece-${index}`,
      Operation: 'Change user license.',
      ModifiedProperties: [],
      ExtendedProperties: [
        {
          Name: 'additionalDetails',
          Value: JSON.stringify({ id: 'K', seq: String(index + 1), c: String(slices.length), b }),
        },
      ],
    }),
  );
  const lost = (order: readonly string[]) => {
    const read = createViewer();
    return order.map((record) => read(record)?.values('lw.services.switchedOff')?.[0] ?? null);
  };

  test('tells with the record that completes it, in whatever order they come', () => {
    expect(slices.length).toBeGreaterThan(3);
    for (const order of [records, records.toReversed()]) {
      expect(lost(order)).toEqual([...order.slice(1).map(() => null), 'Teams']);
    }
  });

  test('tells once, and nothing while a piece is missing', () => {
    expect(lost([...records, ...records]).filter((service) => service !== null)).toEqual(['Teams']);
    expect(lost(records.slice(1)).filter((service) => service !== null)).toEqual([]);
  });
});

describe('a hostile record', () => {
  const askAll = (text: string): void => {
    const seen = createViewer()(text);
    if (!seen) return;
    expect(Object.values(seen.labels).every((label) => typeof label === 'string' && label !== '')).toBe(true);
    expect(seen.together === null || typeof seen.together === 'string').toBe(true);
    for (const field of [
      ...OWN_FIELDS,
      'Status',
      'properties.message',
      'a.b.c',
      '__proto__',
      'constructor.name',
    ]) {
      seen.values(field);
    }
    for (const found of seen.texts()) expect(typeof found).toBe('string');
  };
  const REAL = globSync('*/*.fires.ndjson', { cwd: DETECTIONS }).flatMap((file) =>
    readFileSync(path.join(DETECTIONS, file), 'utf8').split('\n').slice(0, 2).filter(Boolean),
  );

  test('of any shape is read in part or not at all, and never throws', () => {
    fc.assert(
      fc.property(fc.record({ Operation: fc.string(), Id: fc.anything() }), fc.jsonValue(), (head, rest) => {
        askAll(JSON.stringify({ ...head, ...(typeof rest === 'object' ? rest : {}) }));
      }),
    );
    fc.assert(fc.property(fc.string(), askAll));
  });

  test('that was real, with anything in the place of any of its values, never throws', () => {
    fc.assert(
      fc.property(fc.constantFrom(...REAL), fc.nat(), fc.jsonValue(), (record, at, junk) => {
        let place = 0;
        const places = JSON.stringify(JSON.parse(record), (_key, value) => {
          place += 1;
          return value;
        });
        const chosen = 1 + (at % Math.max(1, place - 1));
        let now = 0;
        askAll(JSON.stringify(JSON.parse(places), (_key, value) => (now++ === chosen ? junk : value)));
      }),
      { numRuns: 200 },
    );
  });

  test.each(['a@b.', 'a', ' ', '.', '<Type>', 'reset', '[KeyIdentifier=', ':  ', '"', '[', '{"a":'])(
    'that is full of %j is read in no more than the time of its length',
    (part) => {
      const cost = (length: number): number => {
        const long = part.repeat(length / part.length);
        const property = (Name: string) => ({ Name, NewValue: long, OldValue: long });
        const started = process.cpuUsage();
        askAll(
          JSON.stringify({
            ...ACTIVITY,
            Operation: 'UpdateInboxRules',
            EventData: long,
            Parameters: ['ForwardTo', 'MoveToFolder', 'AccessRights'].map((Name) => ({ Name, Value: long })),
            ModifiedProperties: ['KeyDescription', 'ConsentAction.Permissions', 'AssignedLicense'].map(
              property,
            ),
          }),
        );
        askAll(JSON.stringify({ ...ACTIVITY, Operation: long, UserId: long }));
        askAll(JSON.stringify({ ...GRAPH, activityDisplayName: `Update policy${long}` }));
        return process.cpuUsage(started).user / 1000;
      };
      cost(1000);
      // A square of the length would take minutes.
      expect(cost(300_000)).toBeLessThan(5000);
    },
  );
});
