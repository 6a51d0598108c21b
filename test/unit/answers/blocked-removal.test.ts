import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Store } from '../../../src/domain/ports.ts';
import { anAssignment } from '../../builders/license/user-state.ts';
import { anEmptyStore } from '../../builders/storage/store-in-memory.ts';
import { ask, at, PEOPLE, scanned } from './a-watched-tenant.ts';

const BLOCKED = { path: 'group-1', state: 'ActiveWithError', error: 'DependencyViolation' } as const;

let store: Store;
beforeEach(async () => {
  store = await anEmptyStore();
  const [rick, ...others] = PEOPLE;
  if (!rick) throw new Error('nobody');
  await scanned(store, [{ ...rick, assignments: [anAssignment(BLOCKED)] }, ...others], at('20T08:00'));
});
afterEach(() => store.close());

it.each(['history of Rick', 'licenses of Rick', 'license assignment errors'])(
  '“%s”: a removal that is blocked is no failed assignment, and something holds the license',
  async (question) => {
    const { answer } = await ask(store, question);
    const told = JSON.stringify(answer);
    expect(told).toMatch(/removal (is )?blocked|removals? (is|are) blocked/i);
    expect(told).toMatch(/nother license needs a plan of it/);
    expect(told).not.toContain('depends on a service plan that the user lacks');
  },
);
