import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { healthFacts, USUAL_LIMITS } from '../../../src/answers/answer/health-facts.ts';
import { judgeHealth } from '../../../src/domain/health/health.ts';
import { destinationsOf } from '../../../src/domain/routing/destinations.ts';
import { watchRoutes } from '../../../src/jobs/upkeep/watch-routes.ts';
import { createRoutesSource } from '../../../src/route-files/routes-source.ts';
import { aChannel, aJobWorld, type JobWorld } from '../../builders/jobs/job-context.ts';

const GOOD = 'route: { channel: License alerts }';
const BROKEN = 'route: { chanel: License alerts }';

let world: JobWorld;
let file: string;
let writes = 0;
beforeEach(async () => {
  world = await aJobWorld();
  await world.store.conversations.upsert(aChannel());
  file = path.join(mkdtempSync(path.join(tmpdir(), 'routes-')), 'routes.yml');
  start();
});
afterEach(() => world.store.close());

/** As a process that has just started. */
function start(): void {
  world.context.routes = createRoutesSource({
    path: file,
    defaults: { quiet: [], timeZone: 'UTC', digestAt: 480 },
    kept: world.store.routes,
    now: () => world.clock.now(),
    log: world.context.log,
  });
}

function write(text: string): void {
  writeFileSync(file, text);
  // Two writes within a tick of the file system are two versions all the same.
  utimesSync(file, ++writes, writes);
}

const goesTo = async (): Promise<unknown> =>
  destinationsOf((await world.context.routes.current()).routing, { level: 'high' }, 0).map(
    ({ where }) => where,
  );
const notices = async () =>
  (await world.store.outbox.due(world.clock.now())).map(({ message }) =>
    'title' in message ? [message.title, message.text] : [],
  );
const detail = async () => {
  const facts = await healthFacts(world.store, world.clock.now(), USUAL_LIMITS);
  return judgeHealth(facts).checks.find(({ name }) => name === 'routes');
};
const LICENSE_ALERTS = [{ kind: 'channel', name: 'License alerts' }];

describe('the file of routes', () => {
  it('is read again when it changes', async () => {
    write(GOOD);
    await watchRoutes(world.context);
    expect(await goesTo()).toEqual(LICENSE_ALERTS);
    write('route: { channel: none }');
    expect(await goesTo()).toEqual([{ kind: 'nowhere' }]);
    expect(await notices()).toEqual([]);
  });

  it('leaves the last good routes in force when it breaks, and says so once, also over a restart', async () => {
    write(GOOD);
    await watchRoutes(world.context);
    write(BROKEN);
    await watchRoutes(world.context);
    await watchRoutes(world.context);
    expect(await goesTo()).toEqual(LICENSE_ALERTS);
    start();
    await watchRoutes(world.context);
    expect(await goesTo()).toEqual(LICENSE_ALERTS);
    expect(await notices()).toEqual([
      [
        'The file of routes cannot be used',
        'routes.yml line 1: I do not know “chanel” here: did you mean “channel”?\nThe routes that were good last stay in force.',
      ],
    ]);
    expect(world.warnings).toContain('the file of routes cannot be used');
    expect(await detail()).toMatchObject({
      ok: true,
      detail: expect.stringContaining('did you mean “channel”?'),
    });
  });

  it('is well again when it is mended', async () => {
    write(BROKEN);
    await watchRoutes(world.context);
    expect(await detail()).toMatchObject({
      detail: expect.stringContaining('Everything goes to the channel'),
    });
    write(GOOD);
    await watchRoutes(world.context);
    expect(await detail()).toBeUndefined();
  });

  it('is missed when it is gone', async () => {
    write(GOOD);
    await watchRoutes(world.context);
    rmSync(file);
    await watchRoutes(world.context);
    expect(await goesTo()).toEqual(LICENSE_ALERTS);
    expect((await notices())[0]?.[1]).toContain('The file that ROUTES_PATH names cannot be read (ENOENT).');
  });

  it('says which channel it names that I am not in', async () => {
    write('route:\n  channel: Security');
    await watchRoutes(world.context);
    await watchRoutes(world.context);
    expect(await notices()).toEqual([
      [
        'The file of routes needs a look',
        'routes.yml line 1: I am in no channel “Security”: add me to its team and say something to me there, or correct the name. I am in License alerts. Until then its alerts go to the channel that is set in chat.',
      ],
    ]);
    await world.store.conversations.upsert(aChannel('19:s@thread.tacv2', 'Security'));
    await watchRoutes(world.context);
    expect(await detail()).toBeUndefined();
  });

  it('says which name several channels have', async () => {
    write('route:\n  channel: License alerts');
    await world.store.conversations.upsert(aChannel('19:two@thread.tacv2'));
    await watchRoutes(world.context);
    expect((await notices())[0]?.[1]).toContain(
      'Several channels are called “License alerts”: name one by its id',
    );
  });
});
