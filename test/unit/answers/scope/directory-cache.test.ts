import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { directoryCache } from '../../../../src/answers/scope/directory.ts';
import { aScanRecord } from '../../../builders/jobs/scan-record.ts';
import { aUserState } from '../../../builders/license/user-state.ts';

type Cached = Parameters<typeof directoryCache>[0];

/** A store of so many users after a scan; `hold` makes the next read of users wait for a promise. */
class FakeStore {
  scanId = 'scan-1';
  name = 'Nora';
  reads = 0;
  hold: Promise<void> = Promise.resolve();
  readonly count: number;

  constructor(count: number) {
    this.count = count;
  }

  asStore(): Cached {
    const read = async function* (this: FakeStore) {
      this.reads++;
      await this.hold;
      yield Array.from({ length: this.count }, (_, no) => ({
        state: aUserState({ id: `user-${no}`, displayName: `${this.name} Person${no}` }),
        removedAt: null,
        formerNames: [],
      }));
    };
    // Only what the directory reads is there; a call of anything else fails.
    return {
      scans: { last: async () => aScanRecord({ id: this.scanId }) },
      users: { all: read.bind(this), tenant: async () => ({ skus: [], groups: [] }) },
    } as unknown as Cached;
  }
}

const LARGE = 6_000;
const firstName = ({ directory }: { directory: { people: { displayName: string }[] } }) =>
  directory.people[0]?.displayName.split(' ')[0];

describe('the directory kept between sentences', () => {
  it('is read once a scan', async () => {
    const store = new FakeStore(3);
    const directory = directoryCache(store.asStore());
    await directory();
    await directory();
    expect(store.reads).toBe(1);
  });

  it('has a small tenant’s new names at once', async () => {
    const store = new FakeStore(3);
    const directory = directoryCache(store.asStore());
    await directory();
    Object.assign(store, { scanId: 'scan-2', name: 'Adele' });
    expect(firstName(await directory())).toBe('Adele');
  });

  it('of a large tenant answers with the names before until the new ones are there', async () => {
    const store = new FakeStore(LARGE);
    const directory = directoryCache(store.asStore());
    await directory();
    const { promise, resolve } = Promise.withResolvers<void>();
    Object.assign(store, { scanId: 'scan-2', name: 'Adele', hold: promise });
    expect(firstName(await directory())).toBe('Nora');
    resolve();
    let now = await directory();
    while (firstName(now) !== 'Adele') {
      await setImmediate();
      now = await directory();
    }
    expect(store.reads).toBe(2);
  });

  it('of a large tenant is made while others get their turns', async () => {
    const store = new FakeStore(LARGE * 3);
    const directory = directoryCache(store.asStore());
    let turns = 0;
    let done = false;
    const loading = directory().finally(() => {
      done = true;
    });
    while (!done) {
      await setImmediate();
      turns++;
    }
    await loading;
    expect(turns).toBeGreaterThan(5);
  });

  it('is read again after a read that failed, and stays usable meanwhile', async () => {
    const store = new FakeStore(LARGE);
    const directory = directoryCache(store.asStore());
    await directory();
    Object.assign(store, {
      scanId: 'scan-2',
      name: 'Adele',
      hold: Promise.reject(new Error('the disk is full')),
    });
    expect(firstName(await directory())).toBe('Nora');
    await setImmediate();
    store.hold = Promise.resolve();
    let now = await directory();
    while (firstName(now) !== 'Adele') {
      await setImmediate();
      now = await directory();
    }
    expect(store.reads).toBe(3);
  });
});
