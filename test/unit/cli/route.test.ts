import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { route } from '../../../src/cli/route.ts';
import { openStore } from '../../../src/storage/open-store.ts';
import { aChannel } from '../../builders/jobs/job-context.ts';
import { runCommand } from '../../builders/run-command.ts';

const ROUTES = `
people:
  night: { tag: MjQ, name: Security on call }
route:
  routes:
    - match: { class: roles }
      channel: Security
      mention: night
      continue: true
    - match: { class: [roles, groups] }
      channel: Identity
    - match: { rule: noise }
      channel: none
`;

function files(routes: string | null = ROUTES) {
  const folder = mkdtempSync(path.join(tmpdir(), 'route-'));
  const file = path.join(folder, 'routes.yml');
  if (routes !== null) writeFileSync(file, routes);
  const url = `file:${path.join(folder, 'watch.db')}`;
  return {
    url,
    env: {
      DATABASE_URL: url,
      TIME_ZONE: 'Europe/Amsterdam',
      ...(routes === null ? {} : { ROUTES_PATH: file }),
    },
  };
}

const run = (args: string[], env: Record<string, string>) => runCommand(route, args, { env });
const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');

describe('license-watch route', () => {
  it('prints a line for each destination, with the way through the tree', async () => {
    const { code, out } = await run(['class=roles', 'level=high'], files().env);
    expect(code).toBe(0);
    expect(lines(out)).toEqual([
      'Security: everything (line 4) → class roles (line 6); mentions Security on call',
      'Identity: everything (line 4) → class roles or groups (line 10)',
    ]);
  });

  it('prints each as JSON', async () => {
    const { out } = await run(['class=roles', 'level=high', '--json'], files().env);
    expect(lines(out).map((line) => JSON.parse(line))).toEqual([
      {
        destination: 'Security',
        kind: 'channel',
        channelId: null,
        mention: { kind: 'tag', id: 'MjQ', name: 'Security on call' },
        onCall: null,
        hold: 'no',
        until: null,
        path: [
          { title: 'everything', line: 4 },
          { title: 'class roles', line: 6 },
        ],
      },
      expect.objectContaining({ destination: 'Identity', mention: null }),
    ]);
  });

  it('ends with 1 and says why where it would go nowhere', async () => {
    const { code, out, err } = await run(['class=teams', 'rule=noise'], files().env);
    expect([code, out]).toEqual([1, '']);
    expect(err).toBe(
      'It would go nowhere, as the route says so: everything (line 4) → rule noise (line 12).\n',
    );
  });

  it('goes to the channel set in chat without a file, and makes no database for it', async () => {
    const { code, out } = await run(['class=roles', 'level=high'], files(null).env);
    expect([code, out]).toEqual([0, 'the channel that is set in chat: everything\n']);
  });

  it('knows the channels of the database', async () => {
    const { url, env } = files();
    const store = await openStore({ url });
    await store.conversations.upsert(aChannel('19:a@thread.tacv2', 'License alerts'));
    await store.conversations.upsert(aChannel('19:s@thread.tacv2', 'Security'));
    await store.close();
    const { out, err } = await run(['class=roles', 'level=high', '--json'], env);
    expect(lines(out).map((line) => JSON.parse(line).channelId)).toEqual(['19:s@thread.tacv2', null]);
    expect(err).toContain(':10: warning: I am in no channel “Identity”');
    const plain = await run(['class=teams', 'level=high'], env);
    expect(plain.out).toBe('License alerts (the channel that is set in chat): everything (line 4)\n');
  });

  it('ends with 1 where no channel is set at all', async () => {
    const { url, env } = files(null);
    await (await openStore({ url })).close();
    const { code, err } = await run(['level=high'], env);
    expect(code).toBe(1);
    expect(err).toContain('no channel is set for alerts');
  });

  it.each([
    ['2026-12-01T12:00:00Z', 'no', null],
    ['2026-12-01T23:00:00Z', 'quiet', '2026-12-02T06:00:00.000Z'],
    ['2026-12-02T00:00:00+01:00', 'quiet', '2026-12-02T06:00:00.000Z'],
    ['2026-10-25T00:30:00Z', 'quiet', '2026-10-25T06:00:00.000Z'],
    ['2026-03-28T23:30:00Z', 'quiet', '2026-03-29T05:00:00.000Z'],
  ])('at %s holds: %s', async (at, hold, until) => {
    const { env } = files();
    const { out } = await run(['level=medium', '--at', at, '--json'], { ...env, QUIET_HOURS: '22:00-07:00' });
    expect(JSON.parse(out)).toMatchObject({ hold, until });
  });

  it.each<[string, string[], string]>([
    ['a label without a value', ['class'], '“class” is no label: write it as class=roles.'],
    ['a label that is misspelt', ['levle=high'], 'No alert has a label “levle”: did you mean “level”?'],
    ['a time that is none', ['level=high', '--at', 'tonight'], '“tonight” is no time'],
  ])('ends with 2 for %s', async (_, args, says) => {
    const { code, err } = await run(args, files().env);
    expect(code).toBe(2);
    expect(err).toContain(says);
  });

  it('ends with 2 for a file that is broken, with its lines', async () => {
    const { code, out, err } = await run(['level=high'], files('route:\n  chanel: A\n').env);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('routes.yml:2: I do not know “chanel” here: did you mean “channel”?');
  });

  it('ends with 2 for a file that is not there', async () => {
    const { code, err } = await run(['level=high'], {
      ...files(null).env,
      ROUTES_PATH: '/nowhere/routes.yml',
    });
    expect(code).toBe(2);
    expect(err).toContain('cannot be read (ENOENT)');
  });
});
