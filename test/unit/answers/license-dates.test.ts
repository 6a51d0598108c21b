import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NOTHING_TOLD } from '../../../src/answers/answer/spend-facts.ts';
import { exportLines } from '../../../src/answers/export/request.ts';
import type { Store } from '../../../src/domain/ports.ts';
import { anAuditEvent } from '../../builders/audit/audit-event.ts';
import { aChange } from '../../builders/license/license-change.ts';
import { aSkuState } from '../../builders/license/sku-state.ts';
import {
  ask,
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
  TENANT,
} from './a-watched-tenant.ts';
import { rowsOf } from './rows-of.ts';

const EXCHANGE = 'efb87545-963c-4e0d-99df-69c6916d9eb0';

let store: Store;
beforeEach(async () => {
  store = await aWatchedTenant();
  const skus = [aSkuState({ skuId: E3, partNumber: 'SPE_E3', planIds: [EXCHANGE] }), ...TENANT.skus.slice(1)];
  // Rick’s license is back forty minutes after its loss was seen.
  const back = aChange({
    id: 'change-2',
    kind: 'gained',
    userId: RICK.id,
    skuId: STANDARD,
    before: [],
    after: RICK.assignments,
    observedBefore: at('23T10:50'),
    observedAfter: at('23T11:00'),
  });
  await scanned(store, PEOPLE, at('23T11:00'), [back], { ...TENANT, skus });
});
afterEach(() => store.close());

const answerTo = async (text: string) => (await ask(store, text)).answer;
const textsOf = async (text: string) =>
  (await answerTo(text)).blocks.flatMap((block) => (block.kind === 'text' ? [block.text] : []));

/** Microsoft's dates of Adele, and the record of her joining the group, as a back-fill brings it. */
async function tellEverything(): Promise<void> {
  await store.licenseDates.put([
    {
      userId: 'adele',
      readAt: at('23T10:00'),
      plans: [{ servicePlanId: EXCHANGE, status: 'Enabled', assignedAt: Date.UTC(2024, 2, 3, 9, 15) }],
      states: [
        { skuId: E3, path: 'direct', updatedAt: at('19T23:00') },
        { skuId: E3, path: GROUP, updatedAt: at('18T10:00') },
      ],
    },
  ]);
  const event = anAuditEvent({
    id: 'back-filled',
    at: Date.UTC(2024, 5, 1, 8),
    operation: 'Add member to group',
    licenses: null,
    group: { id: GROUP, name: null },
    targets: [{ kind: 'user', id: 'adele', name: null }],
  });
  await store.audit.append([{ event, raw: '{}' }], NOW);
}

describe('since when somebody has a license', () => {
  it('stand beside everybody who has a product, each path by itself, with what each is worth', async () => {
    await tellEverything();
    const answer = await answerTo('who has E3');
    const [row = []] = rowsOf(answer.blocks);
    expect(row.at(-1)).toMatch(
      /^Microsoft 365 E3 directly: plan 3 Mar 2024 09:15; state 19 Nov 23:00; .+; first seen .+\. Microsoft 365 E3 through LIC-M365-E3: plan .+; state 18 Nov 10:00; .+; first seen /,
    );
    const texts = await textsOf('who has E3');
    expect(texts).toContainEqual(expect.stringContaining('it moves with the plan'));
    expect(texts).toContain('Microsoft’s dates were read 23 Nov 10:00.');
  });

  it('is told by all four dates, each with what it is worth and as of when', async () => {
    await tellEverything();
    const { blocks } = await answerTo('licenses of Adele');
    expect(rowsOf(blocks).map((row) => row.slice(4))).toEqual([
      [
        '3 Mar 2024 09:15 (service plan)',
        'plan 3 Mar 2024 09:15; state 19 Nov 23:00; no record; first seen 20 Nov 08:00',
      ],
      [
        '1 Jun 2024 08:00 (audit record)',
        'plan 3 Mar 2024 09:15; state 18 Nov 10:00; record 1 Jun 2024 08:00; first seen 20 Nov 08:00',
      ],
      ['', ''],
    ]);
    const texts = await textsOf('licenses of Adele');
    expect(texts).toContain('Microsoft’s dates were read 23 Nov 10:00.');
    expect(texts.join(' ')).toContain('State: when Microsoft last touched the assignment, for any reason.');
  });

  it('is said in the first sentence about one product', async () => {
    await tellEverything();
    expect((await answerTo('since when does Adele have E3')).lead).toBe(
      'Adele Vance has had Microsoft 365 E3 since 3 Mar 2024 09:15 (service plan). No license change since 20 Nov 08:00, when the account was first seen.',
    );
  });

  it('does not begin with the act that put a loss right', async () => {
    expect((await answerTo('since when does Rick have Business Standard')).lead).toBe(
      'Rick van Oosterhout has had Microsoft 365 Business Standard since before 20 Nov 08:00, interrupted for 40 minutes. 2 license changes since 20 Nov 08:00, when the account was first seen.',
    );
    expect((await answerTo('does Rick have Business Standard')).lead).toBe(
      'Yes, Rick van Oosterhout has Microsoft 365 Business Standard. Held since before 20 Nov 08:00, interrupted for 40 minutes.',
    );
    expect(rowsOf((await answerTo('licenses of Rick')).blocks)[0]?.[4]).toBe(
      'before 20 Nov 08:00, interrupted for 40 minutes',
    );
  });

  it('is what is known, where Microsoft’s dates were not read', async () => {
    const { blocks } = await answerTo('licenses of Adele');
    expect(rowsOf(blocks)[0]).toHaveLength(5);
    expect((await textsOf('licenses of Adele')).join(' ')).not.toContain('Microsoft’s dates');
  });

  it('tells nothing of people outside the asker’s scope', async () => {
    await tellEverything();
    const { answer } = await ask(store, 'since when does Adele have E3', 'UTC', new Set(['rick']));
    expect(JSON.stringify(answer)).not.toContain('2024');
  });
});

describe('an export of assignments', () => {
  const exported = async (): Promise<Record<string, string>[]> => {
    const request = {
      intent: 'user-licenses' as const,
      people: ['adele', 'rick'],
      skus: [],
      groups: [],
      range: { from: 0, to: NOW + 1 },
      days: null,
      format: 'csv' as const,
    };
    let text = '';
    for await (const part of exportLines(store, request, { now: NOW, spend: NOTHING_TOLD }))
      text += part.text;
    const [head = '', ...lines] = text.replace('\uFEFF', '').trim().split('\r\n');
    expect(head.split(',').slice(-5)).toEqual([
      'plans_off',
      'plan_date',
      'state_date',
      'record_date',
      'first_seen',
    ]);
    return lines.map((line) => {
      const cells = line.split(',');
      return Object.fromEntries(head.split(',').map((name, index) => [name, cells[index] ?? '']));
    });
  };

  it('has the four dates at its end', async () => {
    await tellEverything();
    const rows = await exported();
    const dates = rows.map((row) =>
      ['plan_date', 'state_date', 'record_date', 'first_seen'].map((name) => row[name]),
    );
    expect(dates).toContainEqual([
      '2024-03-03T09:15:00.000Z',
      '2026-11-18T10:00:00.000Z',
      '2024-06-01T08:00:00.000Z',
      '2026-11-20T08:00:00.000Z',
    ]);
    expect(dates).toContainEqual(['', '', '', '2026-11-20T08:00:00.000Z']);
  });
});

describe('the history of somebody', () => {
  it('has one line for a license that was interrupted', async () => {
    const rows = rowsOf((await answerTo('history of Rick')).blocks);
    expect(rows).toContainEqual([
      'Microsoft 365 Business Standard',
      'directly',
      'before 20 Nov 08:00, interrupted for 40 minutes',
      'now',
    ]);
    expect(rickLost().skuId).toBe(STANDARD);
  });

  it('tells Microsoft’s dates of what was there at the first read', async () => {
    await tellEverything();
    expect(JSON.stringify((await answerTo('history of Adele')).blocks)).toContain('plan 3 Mar 2024 09:15');
  });
});
