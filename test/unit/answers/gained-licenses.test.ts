import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Answer } from '../../../src/answers/answer/answer.ts';
import { NOTHING_TOLD } from '../../../src/answers/answer/spend-facts.ts';
import { exportLines, exportRequest } from '../../../src/answers/export/request.ts';
import type { Store } from '../../../src/domain/ports.ts';
import type { Query } from '../../../src/language/query.ts';
import { anAssignment } from '../../builders/license/user-state.ts';
import { aQuery } from '../../builders/query.ts';
import {
  ADELE,
  ask,
  askQuery,
  at,
  aWatchedTenant,
  E3,
  GROUP,
  NOW,
  PEOPLE,
  RICK,
  rickLost,
  STANDARD,
  scanned,
  VISIO,
} from './a-watched-tenant.ts';

let store: Store;
beforeEach(async () => {
  store = await aWatchedTenant();
  await scanned(store, PEOPLE, at('23T10:25'), [
    rickLost({
      id: 'gain',
      kind: 'gained',
      userId: RICK.id,
      skuId: STANDARD,
      before: [],
      after: [anAssignment({ skuId: STANDARD })],
      observedAfter: at('23T10:25'),
    }),
    rickLost({
      id: 'swap',
      kind: 'swap',
      userId: ADELE.id,
      skuId: STANDARD,
      newSkuId: E3,
      before: [anAssignment({ skuId: STANDARD })],
      after: [anAssignment({ skuId: E3, path: GROUP })],
      observedAfter: at('23T10:24'),
      user: { ...rickLost().user, displayName: 'Adele Vance' } as never,
    }),
    rickLost({
      id: 'back',
      kind: 'account-restored',
      userId: 'bo',
      skuId: null,
      before: [],
      after: [anAssignment({ skuId: VISIO })],
      observedAfter: at('23T10:22'),
    }),
    rickLost({
      id: 'gone-again',
      kind: 'gained',
      userId: 'ines',
      skuId: VISIO,
      before: [],
      after: [anAssignment({ skuId: VISIO })],
      observedAfter: at('22T09:00'),
    }),
  ]);
});
afterEach(() => store.close());

const rows = ({ blocks }: Answer) => blocks.flatMap((block) => (block.kind === 'table' ? block.rows : []));
const answerTo = async (query: Partial<Query>) =>
  (await askQuery(store, aQuery({ intent: 'gained-licenses', ...query }))).answer;

describe('who got a license', () => {
  it('is told newest first, with what it was and whether it is still there', async () => {
    const { answer } = await ask(store, 'who got a license');
    expect(answer.lead).toBe('4 users got a license in the last 7 days.');
    expect(rows(answer).map(([, got, seen, , now]) => [got, seen, now])).toEqual([
      ['Microsoft 365 Business Standard', '23 Nov 10:25', 'still there'],
      ['Microsoft 365 E3', '23 Nov 10:24', 'still there'],
      ['Visio Plan 2', '23 Nov 10:22', 'still there'],
      ['Visio Plan 2', '22 Nov 09:00', 'gone again'],
    ]);
  });

  it('counts a product that was swapped away as none that was got', async () => {
    expect((await answerTo({ skus: [STANDARD] })).lead).toBe(
      '1 user got Microsoft 365 Business Standard in the last 7 days.',
    );
    expect((await answerTo({ skus: [E3] })).lead).toBe('1 user got Microsoft 365 E3 in the last 7 days.');
  });

  it('keeps to the time, the group and the department that are asked about', async () => {
    const range = { from: at('22T00:00'), to: at('23T00:00') };
    expect((await answerTo({ range })).lead).toBe('1 user got a license from 22 Nov 00:00 to 23 Nov 00:00.');
    expect((await answerTo({ groups: [GROUP] })).lead).toBe(
      '1 user got a license by LIC-M365-E3 in the last 7 days.',
    );
    expect((await answerTo({ departments: ['Nowhere'] })).lead).toMatch(/nobody|Nobody/);
  });

  it('is nobody where nobody did, and says since when that is known', async () => {
    const range = { from: at('10T00:00'), to: at('11T00:00') };
    expect((await answerTo({ range })).lead).toMatch(
      /^I have watched since 20 Nov 08:00; before that I cannot say\./,
    );
  });

  it('has nobody whom a scoped asker may not see', async () => {
    const { answer } = await askQuery(store, aQuery({ intent: 'gained-licenses' }), new Set(['ines']));
    expect(answer.lead).toBe('1 user got a license in the last 7 days.');
  });

  it('is a file with the same people', async () => {
    const request = exportRequest(aQuery({ intent: 'gained-licenses', skus: [VISIO] }), NOW, 'ndjson');
    if (!request) throw new Error('There is a file.');
    let file = '';
    for await (const { text } of exportLines(store, request, { now: NOW, spend: NOTHING_TOLD })) file += text;
    const ids = file
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).id);
    expect(ids).toEqual(['gone-again', 'back']);
  });
});
