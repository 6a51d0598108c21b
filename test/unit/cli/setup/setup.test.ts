import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settingsIn, writeSettings } from '../../../../src/cli/setup/env-file.ts';
import { CORE, FEATURES, GRAPH, MANAGEMENT, permissionsOf } from '../../../../src/cli/setup/features.ts';
import { createGraphCalls } from '../../../../src/cli/setup/graph-calls.ts';
import { register } from '../../../../src/cli/setup/register.ts';
import { setup } from '../../../../src/cli/setup.ts';
import { runCommand } from '../../../builders/run-command.ts';
import { aRegisteringGraph } from '../../../fakes/registering-graph.ts';

const all = permissionsOf(FEATURES);
const ROLES = {
  [GRAPH]: all.filter(({ api }) => api === GRAPH).map(({ name }) => name),
  [MANAGEMENT]: ['ActivityFeed.Read'],
};
const TENANT = '0f0e0d0c-0b0a-4908-8706-050403020100';

let graph: Awaited<ReturnType<typeof aRegisteringGraph>>;
let folder: string;
const said: string[] = [];
const paused: number[] = [];
beforeEach(async () => {
  graph = await aRegisteringGraph(ROLES);
  folder = await mkdtemp(path.join(tmpdir(), 'license-watch-setup-'));
  said.length = 0;
  paused.length = 0;
});
afterEach(async () => {
  await graph.close();
  await rm(folder, { recursive: true, force: true });
});

const run = (permissions = CORE, needsSecret = true) =>
  register({
    graph: createGraphCalls({
      graph: graph.origin,
      token: 'a-token',
      sleep: async (ms) => void paused.push(ms),
      say: (line) => void said.push(line),
    }),
    appName: 'License Watch',
    permissions,
    needsSecret: () => needsSecret,
    say: (line) => void said.push(line),
  });
const granted = () => graph.assignments.map(({ appRoleId }) => appRoleId.replace('role-', '')).toSorted();

describe('setting up a tenant', () => {
  it('makes app, service principal, permissions and secret, although Microsoft knows them late', async () => {
    const made = await run();
    expect(made).toMatchObject({ clientId: 'client-0', secret: 'top~secret#1', missing: [] });
    expect(granted()).toEqual(CORE.map(({ name }) => name).toSorted());
    expect(paused.length).toBeGreaterThanOrEqual(4);
    expect(said.join('\n')).not.toContain('top~secret');
  });

  it('grants nothing that writes, unless a feature asks for it', async () => {
    await run();
    expect(granted().filter((name) => /Write|DeleteRestore/.test(name))).toEqual([]);
    await run(permissionsOf(FEATURES.filter(({ name }) => name === 'restore')), false);
    expect(granted().filter((name) => /Write|DeleteRestore/.test(name))).toEqual([
      'LicenseAssignment.ReadWrite.All',
    ]);
  });

  it('only adds what is missing when it runs again', async () => {
    await run();
    const before = graph.calls.filter((call) => call.startsWith('POST')).length;
    const again = await run(CORE, false);
    expect(again).toMatchObject({ clientId: 'client-0', secret: null });
    expect(graph.calls.filter((call) => call.startsWith('POST'))).toHaveLength(before);
    expect(graph.apps).toHaveLength(1);
  });

  it('names what this cloud does not have, and grants the rest', async () => {
    await graph.close();
    graph = await aRegisteringGraph({
      ...ROLES,
      [GRAPH]: ROLES[GRAPH]?.filter((name) => name !== 'AuditLog.Read.All') ?? [],
    });
    expect((await run()).missing).toEqual(['AuditLog.Read.All']);
    expect(granted()).toContain('User.Read.All');
  });

  it('goes on where it was refused', async () => {
    graph.state.refuses = 'appRoleAssignments';
    await expect(run()).rejects.toThrow(/403 \(Authorization_RequestDenied.*Privileged Role Administrator/);
    graph.state.refuses = null;
    await run();
    expect(graph.apps).toHaveLength(1);
    expect(granted()).toEqual(CORE.map(({ name }) => name).toSorted());
  });

  it('writes a file that only its owner may read, and keeps its other lines', async () => {
    const file = path.join(folder, 'env', '.env.local.user');
    await writeSettings(file, { AAD_APP_CLIENT_SECRET: 'a~b#c d', AAD_APP_CLIENT_ID: 'x' });
    await writeFile(file, `# mine\nQUIET_HOURS=22:00-07:00\n${await readFile(file, 'utf8')}`);
    await writeSettings(file, { AAD_APP_CLIENT_ID: 'y' });
    expect(await settingsIn(file)).toEqual({
      QUIET_HOURS: '22:00-07:00',
      AAD_APP_CLIENT_SECRET: 'a~b#c d',
      AAD_APP_CLIENT_ID: 'y',
    });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readFile(file, 'utf8')).toContain('# mine');
  });
});

describe('license-watch setup', () => {
  it('prints the commands and changes nothing, least privilege by default', async () => {
    const { code, out, err } = await runCommand(setup, ['--tenant', TENANT, '--yes']);
    expect(code).toBe(0);
    expect(out).toContain('az ad app create');
    expect(out).toContain('User.Read.All');
    expect(out).not.toContain('ReadWrite');
    expect(err).toContain('Nothing was changed');
  });

  it('asks for each feature by itself, with what it needs', async () => {
    const answers = ['y\n', '\n', '\n', '\n', '\n', '\n'];
    const { out, err } = await runCommand(setup, [], { stdin: [`${TENANT}\n`, '\n', ...answers] });
    expect(err).toContain('It needs LicenseAssignment.ReadWrite.All. Allow it?');
    expect(out).toContain('LicenseAssignment.ReadWrite.All');
    expect(out).not.toContain('GroupMember.ReadWrite.All');
  });

  it.each([
    [['--tenant', 'contoso', '--yes'], 'Give the id of the tenant'],
    [['--tenant', TENANT, '--features', 'everything', '--yes'], 'There is no feature everything'],
    [['--tenant', TENANT, '--app-name', 'x"; rm -rf /', '--yes'], 'signs that it cannot have'],
  ])('%j is refused', async (args, sentence) => {
    const { code, err } = await runCommand(setup, args);
    expect(code).toBe(2);
    expect(err).toContain(sentence);
  });
});
