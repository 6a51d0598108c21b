import { DAY_MS } from '../../../src/domain/durations.ts';
import type { AskedChange } from '../../../src/domain/restore/requests/asked-change.ts';

const AT = Date.parse('2026-11-23T08:30:00Z');

/** Megan asks to give Visio Plan 2 to two users, and nobody has answered yet. */
export const anAskedChange = (over: Partial<AskedChange> = {}): AskedChange => ({
  id: 'request-1',
  revision: 1,
  by: { aadObjectId: '22222222-0000-4000-8000-000000000002', tenantId: null, name: 'Megan Bowen' },
  at: AT,
  expiresAt: AT + DAY_MS,
  asked: {
    kind: 'assign',
    userIds: ['u1', 'u2'],
    skuIds: ['c5928f49-12ba-48f7-ada3-0d743a3601d5'],
    undoes: null,
  },
  plan: '00000000000ab12c',
  conversationKey: 'a:chat',
  ended: null,
  ...over,
});
