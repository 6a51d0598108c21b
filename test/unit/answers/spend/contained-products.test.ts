import { expect, it } from 'vitest';
import { aScanRecord } from '../../../builders/jobs/scan-record.ts';
import { aSkuState } from '../../../builders/license/sku-state.ts';
import { anAssignment, aUserState } from '../../../builders/license/user-state.ts';
import { anEmptyStore } from '../../../builders/storage/store-in-memory.ts';
import { answerTo } from '../a-tenant-with-costs.ts';
import { VISIO } from '../a-watched-tenant.ts';

const VISIO_PLAN_1 = '4b244418-9658-4451-a2b8-b5e2b364e9bd';
const VISIO_APP = '663a804f-1c30-4ff0-9915-9db84f0d1cea';

it('duplicates name licenses that another product of the same person contains, and nobody out of scope', async () => {
  const store = await anEmptyStore();
  const session = await store.scans.begin('scan');
  const both = (id: string, displayName: string, over: Parameters<typeof anAssignment>[0] = {}) =>
    aUserState({
      id,
      displayName,
      assignments: [anAssignment({ skuId: VISIO_PLAN_1, ...over }), anAssignment({ skuId: VISIO })],
    });
  await session.stage([
    both('u1', 'Adele Vance'),
    both('u2', 'Lee Gu'),
    both('u3', 'Li Intern', { state: 'Error', error: 'CountViolation' }),
  ]);
  const skus = [
    aSkuState({ skuId: VISIO_PLAN_1, partNumber: 'VISIOONLINE_PLAN1', planIds: ['web'] }),
    aSkuState({ skuId: VISIO, partNumber: 'VISIOCLIENT', planIds: ['web', VISIO_APP] }),
  ];
  const tenant = { skus, subscriptions: [], groups: [] };
  await session.commit({ record: aScanRecord(), changes: [], settle: [], tenant, deltaLink: null });
  const { blocks } = await answerTo(store, 'duplicate licenses');
  expect(blocks).toMatchObject([
    { kind: 'text', text: expect.stringMatching(/^2 licenses give nothing/) },
    {
      kind: 'table',
      rows: [
        ['Adele Vance', 'Visio Plan 1', 'Visio Plan 2'],
        ['Lee Gu', 'Visio Plan 1', 'Visio Plan 2'],
      ],
    },
  ]);
  const scoped = await answerTo(store, 'duplicate licenses', {}, new Set(['u2']));
  expect(JSON.stringify(scoped)).not.toContain('Adele');
  expect(JSON.stringify(scoped)).toContain('1 license gives nothing');
  await store.close();
});
