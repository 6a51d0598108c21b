import { describe, expect, it } from 'vitest';
import type { StepAction } from '../../../src/domain/restore/step.ts';
import type { ExchangeAnswer } from '../../../src/microsoft365/http/exchange.ts';
import { writeCall } from '../../../src/microsoft365/writer/write-call.ts';
import { outcomeOf } from '../../../src/microsoft365/writer/write-outcome.ts';

const ORIGIN = 'https://graph.microsoft.com';
const SKU = 'c5928f49-12ba-48f7-ada3-0d743a3601d5';
const licenses = [{ skuId: SKU, disabledPlans: ['p1'] }];

const ACTIONS: Record<StepAction['kind'], StepAction> = {
  'restore-account': { kind: 'restore-account', userId: 'u' },
  assign: { kind: 'assign', userId: 'u', licenses },
  swap: { kind: 'swap', userId: 'u', licenses: [], skuIds: [] },
  unassign: { kind: 'unassign', userId: 'u', skuIds: [SKU] },
  'add-to-group': { kind: 'add-to-group', userId: 'u', groupId: 'g' },
  'remove-from-group': { kind: 'remove-from-group', userId: 'u', groupId: 'g' },
  reprocess: { kind: 'reprocess', userId: 'u' },
  'license-group': { kind: 'license-group', groupId: 'g', licenses },
  'unlicense-group': { kind: 'unlicense-group', groupId: 'g', skuIds: [SKU] },
};

const answer = (status: number, message = '', details?: { code: string }[]): ExchangeAnswer => ({
  status,
  headers: {},
  text: JSON.stringify({
    error: { code: 'Request_BadRequest', message, ...(details ? { details } : {}) },
  }),
});
const outcome = (kind: StepAction['kind'], given: ExchangeAnswer | null) =>
  outcomeOf(ACTIONS[kind], given, 0);

/** Microsoft's wordings as they are on record, and what each means. */
const TEXTS: [kind: StepAction['kind'], code: string, message: string][] = [
  ['assign', 'usage-location', 'License assignment cannot be done for user with invalid usage location.'],
  ['assign', 'no-seats', `Subscription with SKU ${SKU} does not have any available licenses.`],
  ['assign', 'conflict', 'License assignment failed because service plans a, b are mutually exclusive.'],
  ['assign', 'conflict', 'License assignment failed because service plans a, b are mutually exclusive'],
  ['assign', 'conflict', 'License assignment failed because service plan a conflicts with service plan b.'],
  [
    'reprocess',
    'dependency',
    'License assignment failed because service plan a depends on the service plan(s) b, c',
  ],
  [
    'unassign',
    'dependency',
    'License assignment failed because service plan a depends on the service plan(s) b',
  ],
  ['license-group', 'not-owned', `License ${SKU} does not correspond to a valid company License.`],
  [
    'unassign',
    'inherited',
    'User license is inherited from a group membership and it cannot be removed directly from the user.',
  ],
  [
    'add-to-group',
    'group-locked',
    'Unable to update the specified properties for on-premises mastered Directory Sync objects or objects currently undergoing migration.',
  ],
  [
    'remove-from-group',
    'group-locked',
    'Cannot Update a mail-enabled security groups and or distribution list.',
  ],
  ['assign', 'refused', 'Something that nobody has seen.'],
  ['assign', 'refused', ''],
];

describe('what a refusal means', () => {
  it.each(TEXTS)('%s: %s is "%s"', (kind, code, message) => {
    const result = outcome(kind, answer(400, message));
    expect(result).toMatchObject({ ok: false, retryable: false, code });
    expect(result.ok ? '' : result.message).toMatch(/^[A-Z].+\.$/);
  });

  it('is told by a named violation rather than by the text', () => {
    const named = (code: string) => outcome('assign', answer(400, 'Something new.', [{ code }]));
    expect(named('MutuallyExclusiveViolation')).toMatchObject({ code: 'conflict' });
    expect(named('CountViolation')).toMatchObject({ code: 'no-seats' });
    expect(named('constructor')).toMatchObject({ code: 'refused' });
  });

  it.each<[StepAction['kind'], number, string]>([
    [
      'add-to-group',
      400,
      "One or more added object references already exist for the following modified properties: 'members'.",
    ],
    ['remove-from-group', 404, "Resource 'u' does not exist or one of its queried … are not present."],
    ['unassign', 400, 'User does not have a corresponding license.'],
    ['unlicense-group', 400, 'Group does not have a corresponding license.'],
  ])('is none when there is nothing left to do: %s %i "%s"', (kind, status, message) => {
    expect(outcome(kind, answer(status, message))).toEqual({ ok: true, changed: false });
  });

  it('does not take the text of one action for another', () => {
    expect(outcome('assign', answer(400, 'User does not have a corresponding license.'))).toMatchObject({
      ok: false,
      code: 'refused',
    });
    expect(outcome('assign', answer(404))).toMatchObject({ ok: false, code: 'not-found' });
  });

  it.each([200, 202, 204])('is none when the answer is %i', (status) => {
    expect(outcome('license-group', answer(status))).toEqual({ ok: true, changed: true });
  });

  it('is final for a conflict of a restore, where another account took the name', () => {
    const taken = answer(409, 'Another object with the same value for property userPrincipalName exists.');
    expect(outcome('restore-account', taken)).toMatchObject({ ok: false, retryable: false, code: 'refused' });
    expect(outcome('add-to-group', taken)).toMatchObject({ ok: false, retryable: true });
  });

  it('is not known when the answer is missing', () => {
    expect(outcome('assign', null)).toMatchObject({ ok: false, retryable: true, code: 'malformed' });
  });
});

describe('the request of a write', () => {
  it('never addresses a user with DELETE: a member is removed by its reference', () => {
    const requests = Object.values(ACTIONS).map((action) => writeCall(action, ORIGIN));
    const deleting = requests.filter(({ method }) => method === 'DELETE');
    expect(deleting.map(({ url }) => url)).toEqual(['/groups/g/members/u/$ref']);
  });

  it.each(['', 'u/../../users/v', 'u?x=1', 'u#'])('keeps the id %j within its segment', (id) => {
    const request = () => writeCall({ kind: 'remove-from-group', userId: id, groupId: 'g' }, ORIGIN);
    if (id === '') expect(request).toThrow(RangeError);
    else expect(request().url).toBe(`/groups/g/members/${encodeURIComponent(id)}/$ref`);
  });

  it('names a member by the address of its own cloud', () => {
    const { body } = writeCall(ACTIONS['add-to-group'], 'https://graph.microsoft.us');
    expect(body).toEqual({ '@odata.id': 'https://graph.microsoft.us/v1.0/directoryObjects/u' });
  });

  it('has both lists, whichever is used', () => {
    expect(writeCall(ACTIONS.assign, ORIGIN).body).toEqual({ addLicenses: licenses, removeLicenses: [] });
    expect(writeCall(ACTIONS['unlicense-group'], ORIGIN)).toEqual({
      method: 'POST',
      url: '/groups/g/assignLicense',
      body: { addLicenses: [], removeLicenses: [SKU] },
    });
  });
});

describe('a refused removal speaks of removing', () => {
  const REMOVALS = ['unassign', 'unlicense-group', 'remove-from-group'] as const;

  it.each(REMOVALS.flatMap((kind) => [403, 400, 429, 500].map((status) => [kind, status] as const)))(
    '%s, answered with %i',
    (kind, status) => {
      const refused = outcome(kind, answer(status, 'Nobody has seen this text yet'));
      expect(refused).toMatchObject({ ok: false, message: expect.stringMatching(/ remove the /) });
      expect(refused).toMatchObject({ message: expect.not.stringMatching(/assign|give/) });
    },
  );

  it.each([
    'License assignment cannot be done for user with invalid usage location',
    'License assignment failed because service plan a depends on the service plan(s) b',
    'License assignment failed because service plans a, b are mutually exclusive',
  ])('a removal that fails with “%s” is not told to be given', (message) => {
    const refused = outcome('unassign', answer(400, message));
    expect(refused).toMatchObject({ message: expect.stringMatching(/remove/i) });
    expect(refused).toMatchObject({ message: expect.not.stringMatching(/give|the user has no usage/i) });
  });
});

describe('refusals as admins have posted them', () => {
  it.each<[StepAction['kind'], string]>([
    [
      'unassign',
      'User license is inherited from group membership and cannot be removed directly from the user.',
    ],
    [
      'unassign',
      'One or more of the licenses could not be modified because they are inherited from a group membership. Manage group-based licenses from the Licenses and apps pivot in the Group Details page.',
    ],
  ])('%s: a group gives it (%s)', (kind, message) => {
    expect(outcome(kind, answer(400, message))).toMatchObject({ ok: false, code: 'inherited' });
  });

  it('a conflict that only the inner error names is one', () => {
    const body = {
      error: { code: 'badRequest', message: '', innerError: { code: 'mutuallyExclusiveServicePlans' } },
    };
    const given = { status: 400, headers: {}, text: JSON.stringify(body) };
    expect(outcome('assign', given)).toMatchObject({ ok: false, retryable: false, code: 'conflict' });
  });

  it.each(['assign', 'restore-account'] as const)('%s: a tenant that is busy is asked again', (kind) => {
    const body = {
      error: { code: 'Directory_ConcurrencyViolation', message: 'Please wait briefly and retry.' },
    };
    expect(outcome(kind, { status: 400, headers: {}, text: JSON.stringify(body) })).toMatchObject({
      ok: false,
      retryable: true,
    });
  });

  it('somebody who is no member any more was removed already', () => {
    const message =
      "One or more removed object references do not exist for the following modified properties: 'members'.";
    expect(outcome('remove-from-group', answer(400, message))).toMatchObject({ ok: true, changed: false });
  });
});
