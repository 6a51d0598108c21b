import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TenantReadError } from '../../../src/domain/ports.ts';
import { scan } from '../../../src/jobs/scan/scan.ts';
import { raiseScanAlarm } from '../../../src/jobs/scan/scan-alarm.ts';
import { aJobWorld, type JobWorld } from '../../builders/jobs/job-context.ts';
import { anAssignment, aUserState } from '../../builders/license/user-state.ts';

const never = new AbortController().signal;
let world: JobWorld;

beforeEach(async () => {
  world = await aJobWorld();
  world.tenant.put(...['a', 'b'].map((id) => aUserState({ id, assignments: [anAssignment()] })));
});
afterEach(() => world.store.close());

/** From now on the database refuses each commit of a scan. */
function refuseCommits(takenId: string): void {
  const { scans } = world.store;
  const begin = scans.begin.bind(scans);
  scans.begin = async (id) => {
    const session = await begin(id);
    // Fails inside the commit's own transaction: the record's id is taken.
    const commit = session.commit.bind(session);
    session.commit = async (what) => {
      await commit({ ...what, record: { ...what.record, id: takenId } });
    };
    return session;
  };
}

const read = async () => {
  const record = await scan(world.context, { kind: 'full' }, never);
  await raiseScanAlarm(world.context);
  return record;
};
const notices = async () =>
  (await world.store.outbox.due(world.clock.now())).flatMap(({ message }) =>
    message.kind === 'notice' ? message.text : [],
  );

describe('a scan that the database does not take', () => {
  it('is recorded as incomplete with the error of the database, and three in a row are alerted once', async () => {
    refuseCommits((await read()).id);
    world.tenant.strip('a');
    for (let n = 0; n < 4; n++) {
      expect(await read()).toMatchObject({ outcome: 'incomplete', reasonCode: 'not-stored' });
      expect(await notices()).toHaveLength(n < 2 ? 0 : 1);
    }
    const [last] = await world.store.scans.recent(1);
    expect(last?.reason).toMatch(/^What was read could not be stored: .*constraint.* number id-\d+\.$/i);
    expect((await notices())[0]).toContain('could not be stored');
    expect(world.warnings).toContain('scan failed: nothing was changed');
  });

  it('counts together with reads that fail for other reasons', async () => {
    refuseCommits((await read()).id);
    await read();
    world.tenant.failure = new TenantReadError('server-error', 'Graph answered 500.');
    await read();
    world.tenant.failure = new TypeError('a mistake of ours');
    await read();
    expect(await notices()).toHaveLength(1);
  });
});
