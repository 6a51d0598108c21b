import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AnswerDeps } from '../../../../src/answers/answer/deps.ts';
import { askForMissing } from '../../../../src/answers/missing.ts';
import { changeLicenses } from '../../../../src/answers/requests/change-licenses.ts';
import type { Scope } from '../../../../src/domain/access/scope.ts';
import { DAY_MS } from '../../../../src/domain/durations.ts';
import type { Store } from '../../../../src/domain/ports.ts';
import { anAssignment, aUserState } from '../../../builders/license/user-state.ts';
import {
  ask,
  at,
  aWatchedTenant,
  E3,
  GROUP,
  NOW,
  PEOPLE,
  STANDARD,
  scanned,
  VISIO,
} from '../a-watched-tenant.ts';

/** Three people with licenses of their own, besides those of the watched tenant. */
const LARA = aUserState({
  id: 'lara',
  displayName: 'Lara Winter',
  assignments: [anAssignment({ skuId: E3 })],
});
const OLEG = aUserState({
  id: 'oleg',
  displayName: 'Oleg Petrov',
  assignments: [anAssignment({ skuId: E3 }), anAssignment({ skuId: STANDARD })],
});
const GINA = aUserState({
  id: 'gina',
  displayName: 'Gina Rossi',
  assignments: [anAssignment({ skuId: E3, path: GROUP })],
});

let store: Store;
beforeEach(async () => {
  store = await aWatchedTenant();
  await scanned(store, [...PEOPLE, LARA, OLEG, GINA], at('23T10:25'));
});
afterEach(() => store.close());

const answerTo = async (text: string, sees: Scope = null) => (await ask(store, text, 'UTC', sees)).answer;
const choices = async (text: string) =>
  (await answerTo(text)).blocks.flatMap((block) => (block.kind === 'choices' ? block.choices : []));

describe('asking for a license to be assigned', () => {
  it('shows the plan, and proposes what was asked for', async () => {
    const { lead, request } = await answerTo('assign E3 to Ines Duarte');
    expect(lead).toBe('Ines Duarte gets Microsoft 365 E3 directly.');
    expect(request).toMatchObject({
      kind: 'change-licenses',
      request: { kind: 'assign', userIds: ['ines'], skuIds: [E3] },
      plan: { sentence: lead, ready: 1, digest: expect.stringMatching(/^[0-9a-f]{64}$/) },
      deadlines: [],
    });
  });

  it.each([
    ['nobody', 'assign Visio', 'Who? For example: “assign Visio to Lee Gu”.'],
    ['no product', 'assign a license to Ines', 'Which product? For example: “assign Visio to Lee Gu”.'],
    ['a name that nobody has', 'assign E3 to Zebedee', 'Nobody here is called “Zebedee”.'],
    ['a name that two have', 'assign E3 to Chris', 'Which Chris?'],
    [
      'a product that the tenant has not',
      'assign Copilot to Ines',
      expect.stringMatching(/^This tenant has no product called “Copilot”/i),
    ],
    [
      'a license that is there',
      'assign E3 to Lara',
      'Nothing to do: Lara Winter has Microsoft 365 E3 already.',
    ],
    [
      'no free seat',
      'assign Business Standard to Ines',
      expect.stringMatching(/^Ines Duarte does not get it: No seat/),
    ],
  ])('proposes nothing, and says why, for %s', async (_what, text, lead) => {
    const answer = await answerTo(text);
    expect(answer.lead).toEqual(lead);
    expect(answer.request).toBeNull();
  });

  it('of several products offers each in a sentence that is understood', async () => {
    const offered = await choices('assign E3 and Visio to Ines');
    expect(offered.map(({ label }) => label).toSorted()).toEqual(['Microsoft 365 E3', 'Visio Plan 2']);
    for (const { label, ask: sentence } of offered) {
      const { query } = await ask(store, sentence);
      expect(query).toMatchObject({
        intent: 'assign',
        people: ['ines'],
        skus: [label === 'Visio Plan 2' ? VISIO : E3],
        unresolved: [],
      });
    }
  });
});

describe('asking for a license to be removed', () => {
  it('shows what goes with it and when', async () => {
    const { lead, request } = await answerTo('remove E3 from Lara');
    expect(lead).toBe('Lara Winter loses Microsoft 365 E3.');
    expect(request).toMatchObject({ request: { kind: 'remove', userIds: ['lara'], skuIds: [E3] } });
    expect(request?.kind === 'change-licenses' && request.deadlines[0]).toEqual({
      at: NOW + 30 * DAY_MS,
      what: 'The mailbox of Lara Winter is deleted, unless it is on hold',
    });
  });

  it.each([
    ['nobody', 'remove Visio', 'Who? For example: “remove Visio from Lee Gu”.'],
    [
      'a product that they do not have',
      'remove Visio from Lara',
      'Lara Winter has no license of Visio Plan 2.',
    ],
    ['a name that nobody has', 'remove E3 from Zebedee', 'Nobody here is called “Zebedee”.'],
    [
      'a license of a group',
      'remove E3 from Gina',
      'Gina Rossi keeps it: Microsoft 365 E3 comes from the group LIC-M365-E3. Take the user out of that group, or change the licenses of the group.',
    ],
  ])('proposes nothing, and says why, for %s', async (_what, text, lead) => {
    const answer = await answerTo(text);
    expect(answer.lead).toBe(lead);
    expect(answer.request).toBeNull();
  });

  it('leaves out products that they do not have', async () => {
    const { request } = await answerTo('remove E3 and Visio from Oleg');
    expect(request).toMatchObject({ request: { kind: 'remove', userIds: ['oleg'], skuIds: [E3] } });
  });

  it('of several products asks which, each in a sentence of its own', async () => {
    const offered = await choices('remove E3 and Business Standard from Oleg');
    expect(offered.map(({ ask: sentence }) => sentence).toSorted()).toEqual([
      `remove Microsoft 365 Business Standard from ${OLEG.userPrincipalName}`,
      `remove Microsoft 365 E3 from ${OLEG.userPrincipalName}`,
    ]);
  });
});

describe('whom it is about', () => {
  const queryFor = (people: string[]) => ({
    intent: 'assign' as const,
    people,
    skus: [E3],
    groups: [],
    range: null,
    days: null,
    unresolved: [],
  });
  const deps = (): AnswerDeps => ({ store, now: NOW }) as unknown as AnswerDeps;

  it.each([
    [51, null],
    [50, 50],
  ])('is at most 50 users at once: %i', async (asked, planned) => {
    const ids = Array.from({ length: asked }, (_, index) => `user-${index}`);
    await scanned(
      store,
      ids.map((id) => aUserState({ id, displayName: id })),
      at('23T10:28'),
    );
    const { lead, request } = await changeLicenses(queryFor(ids), deps());
    expect(request?.kind === 'change-licenses' ? request.request.userIds.length : null).toBe(planned);
    if (planned === null) expect(lead).toMatch(/^I change licenses of at most 50 users in one request/);
  });

  it('is asked for, with the product, when neither was said', async () => {
    const asked = askForMissing({ ...queryFor([]), skus: [] });
    expect(asked?.lead).toBe('Who, and which product? For example: “assign Visio to Lee Gu”.');
  });

  it('is nobody outside the scope of the asker, whose names are not told either', async () => {
    const sees = new Set(['ines']);
    expect((await answerTo('assign E3 to Ines', sees)).request).toMatchObject({ kind: 'change-licenses' });
    for (const text of [
      'assign Visio to Adele Vance',
      'remove E3 from Adele Vance',
      `remove E3 from ${LARA.userPrincipalName}`,
    ]) {
      const answer = await answerTo(text, sees);
      expect(answer.request).toBeNull();
      expect(JSON.stringify(answer.blocks)).not.toMatch(/Adele|Lara/);
      expect(answer.lead).toMatch(/^Nobody here is called/);
    }
  });
});
