import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AnswerBlock } from '../../../src/answers/answer/answer.ts';
import type { Store } from '../../../src/domain/ports.ts';
import { aSkuState } from '../../builders/license/sku-state.ts';
import { anAssignment, aUserState } from '../../builders/license/user-state.ts';
import {
  ADELE,
  ask,
  at,
  aWatchedTenant,
  E3,
  GROUP,
  PEOPLE,
  rickLost,
  scanned,
  TENANT,
  VISIO,
} from './a-watched-tenant.ts';

let store: Store;
beforeEach(async () => {
  store = await aWatchedTenant();
});
afterEach(() => store.close());

const answerTo = async (text: string, page = 1) => (await ask(store, text, 'UTC', null, page)).answer;
const tables = (blocks: readonly AnswerBlock[]) =>
  blocks.flatMap((block) => (block.kind === 'table' ? [block.rows] : []));

const many = Array.from({ length: 45 }, (_, no) =>
  aUserState({
    id: `many-${String(no).padStart(2, '0')}`,
    displayName: `Person ${String(no).padStart(2, '0')}`,
    assignments: [anAssignment({ skuId: E3 })],
  }),
);

describe('a long list', () => {
  beforeEach(() => scanned(store, [...PEOPLE, ...many], at('23T10:25')));

  it('comes a page at a time, by name, with all counted', async () => {
    const first = await answerTo('who has E3');
    expect(first.lead).toBe('46 users have Microsoft 365 E3.');
    expect(first.paging).toMatchObject({ page: 1, pages: 3, size: 20, total: 46 });
    const names = (await Promise.all([1, 2, 3].map((page) => answerTo('who has E3', page)))).flatMap(
      ({ blocks }) =>
        tables(blocks)
          .flat()
          .map(([name]) => name),
    );
    expect(names).toEqual(['Adele Vance', ...many.map(({ displayName }) => displayName)]);
  });

  it('shows its last page where the one asked for is no longer there', async () => {
    const answer = await answerTo('who has E3', 99);
    expect(answer.paging).toMatchObject({ page: 3 });
    expect(tables(answer.blocks)[0]).toHaveLength(6);
  });

  it('has no pages where it is short', async () => {
    expect((await answerTo('guests with a license')).paging).toBeUndefined();
  });
});

describe('seats', () => {
  it('of several subscriptions add up, and suspended ones are told beside them', async () => {
    const sku = aSkuState({
      skuId: VISIO,
      partNumber: 'VISIOCLIENT',
      enabled: 10,
      suspended: 5,
      consumed: 12,
    });
    const [subscription] = TENANT.subscriptions;
    if (!subscription) throw new Error('The tenant has a subscription.');
    const session = await store.scans.begin('seats');
    await session.commit({
      record: { ...(await scanned(store, PEOPLE, at('23T10:25'))), id: 'seats', kind: 'delta' },
      changes: [],
      settle: [],
      tenant: {
        ...TENANT,
        skus: [sku],
        subscriptions: [subscription, { ...subscription, id: 'second', status: 'Suspended' }],
      },
      deltaLink: null,
    });
    const answer = await answerTo('how many Visio seats are left');
    expect(answer.lead).toBe(
      'Visio Plan 2 has 2 more users than seats: 12 used, 10 bought. 5 seats more suspended.',
    );
    expect(tables(answer.blocks)).toEqual([
      [
        [
          'Visio Plan 2',
          '10',
          '12',
          'none, 2 over',
          'active, 5 seats suspended; 2 subscriptions: 1 Enabled, 1 Suspended',
        ],
      ],
    ]);
    expect(answer.blocks[0]).toEqual({
      kind: 'chart',
      title: 'Seats',
      bars: [
        {
          label: 'Visio Plan 2',
          parts: [
            { legend: 'Used', value: 10, tone: 'used' },
            { legend: 'Over', value: 2, tone: 'over' },
            { legend: 'Suspended', value: 5, tone: 'suspended' },
          ],
        },
      ],
    });
  });
});

describe('assignments in error', () => {
  it('are summed up by what is short, with since when each is so', async () => {
    const broken = anAssignment({ skuId: VISIO, path: GROUP, state: 'Error', error: 'CountViolation' });
    const late = aUserState({ id: 'late', displayName: 'Zoe Late', assignments: [broken] });
    await scanned(store, [...PEOPLE, late], at('23T10:25'), [
      rickLost({
        id: 'never',
        kind: 'never-granted',
        userId: 'late',
        skuId: VISIO,
        before: [],
        after: [broken],
        observedAfter: at('23T10:25'),
      }),
    ]);
    const [summary, rows] = tables((await answerTo('license assignment errors')).blocks);
    expect(summary).toEqual([
      ['Visio Plan 2', 'through LIC-M365-E3', 'no seat was left (CountViolation)', '2', '-1'],
    ]);
    expect(rows?.map((row) => [row[0], row[3]])).toEqual([
      [ADELE.displayName, 'not known; first read 20 Nov 08:00'],
      ['Zoe Late', '23 Nov 10:25'],
    ]);
  });

  it('of one person are found, whoever else is in error', async () => {
    expect((await answerTo('license errors of Adele')).lead).toBe('1 license assignment in error.');
    expect((await answerTo('license errors of Ines Duarte')).lead).toBe('No license assignment is in error.');
  });
});
