import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeCertificate } from '../../../src/simulator/http/certificate.ts';
import {
  BOT_SECRET,
  CLIENT_SECRET,
  OPERATORS_GROUP,
  UNIT_OPERATORS_GROUP,
  UNIT_OPERATORS_GROUP_ID,
} from '../../../src/simulator/scenarios/well-known.ts';
import { ALL_PERMISSIONS } from '../../../src/simulator/sign-in/registration.ts';
import { CHANNEL, checksThat, DoctorWorld, TEAM } from './doctor-world.ts';

type State = {
  break: (world: DoctorWorld) => void | Promise<void>;
  /** Its checks that are false: exactly these. */
  wrong: readonly string[];
  /** What hangs on them, besides what cannot be tried in a tenant where nothing is wrong. */
  untried?: readonly string[];
  /** What the detail or the fix of the first false check says. */
  says?: RegExp;
};

/** Optional, or there is nobody to ask: also where nothing is wrong. */
const NEVER_TRIED = [
  'endpoints',
  'feed.DLP.All',
  'permission.MailboxSettings.Read',
  'permission.User.ReadWrite.All',
];
/** Granted here, and no fault where they are not. */
const OPTIONAL = ['permission.ReportSettings.Read.All', 'permission.Reports.Read.All'];

const GRAPH_PERMISSIONS = [
  'AdministrativeUnit.Read.All',
  'AuditLog.Read.All',
  'Group.Read.All',
  'GroupMember.Read.All',
  'GroupMember.ReadWrite.All',
  'LicenseAssignment.Read.All',
  'LicenseAssignment.ReadWrite.All',
  'Organization.Read.All',
  'RoleManagement.Read.Directory',
  'ServiceHealth.Read.All',
  'User.DeleteRestore.All',
  'User.Read.All',
].map((name) => `permission.${name}`);
const FEEDS = ['AzureActiveDirectory', 'Exchange', 'SharePoint', 'General'].map(
  (name) => `feed.Audit.${name}`,
);
const ROLES = ['roles.operator', 'roles.owner', 'roles.reader'];
const MANAGEMENT = ['permission.ActivityFeed.Read', 'auditing', ...FEEDS];
const ALL_OF_THE_TENANT = [...GRAPH_PERMISSIONS, ...OPTIONAL, 'sign-ins', ...MANAGEMENT, ...ROLES];
const TOKENS = ['token.graph', 'token.management'];
const OF_TEAMS = ['service-url', 'channel', 'app-installed'];

const set =
  (values: Record<string, string>) =>
  ({ env }: DoctorWorld): void => {
    Object.assign(env, values);
  };
const asOperators = async (world: DoctorWorld): Promise<void> => {
  world.env.OPERATOR_GROUP_ID = UNIT_OPERATORS_GROUP_ID;
};
const withCertificate = async (
  world: DoctorWorld,
  pem: (made: { key: string; certificate: string }) => string,
) => {
  const file = path.join(world.folder, 'app.pem');
  writeFileSync(file, pem(await makeCertificate(Date.now())));
  delete world.env.AAD_APP_CLIENT_SECRET;
  world.env.AAD_APP_CERTIFICATE_PATH = file;
};

const STATES: Record<string, State> = {
  '1 secret wrong': {
    break: set({ AAD_APP_CLIENT_SECRET: 'the-id-of-the-secret' }),
    wrong: ['credential', ...TOKENS],
    untried: ALL_OF_THE_TENANT,
    says: /secret is wrong.*AADSTS7000215/,
  },
  '2 secret expired': {
    break: ({ simulator }) => simulator.tenant.register('app', { secretEndsAt: Date.now() - 1000 }),
    wrong: ['credential', ...TOKENS],
    untried: ALL_OF_THE_TENANT,
    says: /expired.*AADSTS7000222/,
  },
  '4 certificate without its private key': {
    break: (world) => withCertificate(world, ({ certificate }) => certificate),
    wrong: ['credential', ...TOKENS],
    untried: ALL_OF_THE_TENANT,
    says: /private key/,
  },
  '4a certificate with the key of another': {
    break: async (world) => {
      const { key } = await makeCertificate(Date.now());
      await withCertificate(world, ({ certificate }) => certificate + key);
    },
    wrong: ['credential', ...TOKENS],
    untried: ALL_OF_THE_TENANT,
    says: /not the key of the certificate/,
  },
  '4b no file for the certificate': {
    break: ({ env, folder }) => {
      delete env.AAD_APP_CLIENT_SECRET;
      env.AAD_APP_CERTIFICATE_PATH = `${folder}/nothing.pem`;
    },
    wrong: ['credential', ...TOKENS],
    untried: ALL_OF_THE_TENANT,
    says: /no file/,
  },
  '5 tenant id of a tenant that does not exist': {
    break: set({ AAD_APP_TENANT_ID: '11111111-2222-4333-8444-555555555555' }),
    wrong: TOKENS,
    untried: ['credential', ...ALL_OF_THE_TENANT],
    says: /does not exist.*AADSTS90002/,
  },
  '5a tenant in which the app is unknown': {
    break: ({ simulator }) => simulator.tenant.register('app', { known: false }),
    wrong: TOKENS,
    untried: ['credential', ...ALL_OF_THE_TENANT],
    says: /not known in this tenant.*AADSTS700016/,
  },
  '6 app not consented at all': {
    break: ({ simulator }) => {
      for (const name of ALL_PERMISSIONS) simulator.tenant.permit(name, false);
    },
    wrong: [...GRAPH_PERMISSIONS, 'permission.ActivityFeed.Read'],
    untried: ['sign-ins', 'auditing', ...OPTIONAL, ...FEEDS, ...ROLES],
  },
  '6a app without an enterprise application': {
    break: ({ simulator }) => simulator.tenant.register('app', { servicePrincipal: false }),
    wrong: TOKENS,
    untried: ['credential', ...ALL_OF_THE_TENANT],
    says: /AADSTS7000229/,
  },
  '7 User.Read.All missing': {
    break: ({ simulator }) => simulator.tenant.permit('User.Read.All', false),
    wrong: ['permission.User.Read.All'],
    untried: ['sign-ins'],
    says: /admin consent/,
  },
  '8 AuditLog.Read.All missing': {
    break: ({ simulator }) => simulator.tenant.permit('AuditLog.Read.All', false),
    wrong: ['permission.AuditLog.Read.All'],
    untried: ['sign-ins'],
  },
  '9 ActivityFeed.Read missing': {
    break: ({ simulator }) => simulator.tenant.permit('ActivityFeed.Read', false),
    wrong: ['permission.ActivityFeed.Read'],
    untried: ['auditing', ...FEEDS],
    says: /Office 365 Management APIs/,
  },
  '10 the permission to write licenses missing': {
    break: ({ simulator }) => simulator.tenant.permit('LicenseAssignment.ReadWrite.All', false),
    wrong: ['permission.LicenseAssignment.ReadWrite.All'],
  },
  '10a the permission to change members missing': {
    break: ({ simulator }) => simulator.tenant.permit('GroupMember.ReadWrite.All', false),
    wrong: ['permission.GroupMember.ReadWrite.All'],
  },
  '11 no Entra ID P1': {
    break: ({ simulator }) => simulator.tenant.behave({ premium: false }),
    wrong: [],
    untried: ['sign-ins'],
  },
  '12 auditing off': {
    break: ({ simulator }) => simulator.tenant.act({ kind: 'set-auditing', enabled: false }),
    wrong: ['auditing'],
    untried: FEEDS,
    says: /Set-AdminAuditLogConfig/,
  },
  '13 one feed not started': {
    break: ({ simulator }) => simulator.tenant.feed.stop('Audit.Exchange'),
    wrong: ['feed.Audit.Exchange'],
  },
  '13a the feed of licenses not started': {
    break: ({ simulator }) => simulator.tenant.feed.stop('Audit.AzureActiveDirectory'),
    wrong: ['feed.Audit.AzureActiveDirectory'],
  },
  '14 role group deleted': {
    break: async (world) => {
      await asOperators(world);
      world.simulator.tenant.act({ kind: 'delete-group', group: UNIT_OPERATORS_GROUP });
    },
    wrong: ['roles.operator'],
    says: /does not exist/,
  },
  '15 role group empty': {
    break: async (world) => {
      await asOperators(world);
      const users = ['isaiahl@contoso.com'];
      world.simulator.tenant.act({ kind: 'remove-member', group: UNIT_OPERATORS_GROUP, users });
    },
    wrong: ['roles.operator'],
    says: /Nobody is in the group/,
  },
  '15a all role groups deleted': {
    break: ({ simulator }) => simulator.tenant.act({ kind: 'delete-group', group: OPERATORS_GROUP }),
    wrong: ROLES,
  },
  '16 clock ten minutes off': {
    break: ({ simulator }) => simulator.tenant.behave({ dateSkewMs: 10 * 60_000 }),
    wrong: ['clock'],
    says: /10 minutes behind/,
  },
  '17 database file read-only': {
    break: ({ file }) => chmodSync(file, 0o444),
    wrong: ['database.write'],
    says: /chmod/,
  },
  '18 database newer than the program': {
    break: ({ file }) => {
      const database = new DatabaseSync(file);
      database.exec("insert into kysely_migration values ('999-of-next-year', '2027-01-01')");
      database.close();
    },
    wrong: ['database.migrations'],
    says: /newer version.*999-of-next-year/,
  },
  '18a no database file, and no place for one': {
    break: set({ DATABASE_URL: 'file:/proc/nothing/license-watch.db' }),
    wrong: ['database.reach'],
    untried: ['database.write', 'database.migrations', 'database.disk', ...OF_TEAMS],
  },
  '18b a file that is no database': {
    break: ({ file }) =>
      writeFileSync(file, 'this is a text, and long enough to be looked at as one'.repeat(20)),
    wrong: ['database.reach'],
    untried: ['database.write', 'database.migrations', ...OF_TEAMS],
  },
  '21 bot id without its service principal': {
    break: ({ simulator }) => simulator.tenant.register('bot', { servicePrincipal: false }),
    wrong: ['token.bot'],
    untried: OF_TEAMS,
    says: /AADSTS7000229.*az ad sp create/,
  },
  '22 bot password wrong': {
    break: set({ BOT_PASSWORD: 'not-the-secret-of-the-bot' }),
    wrong: ['token.bot'],
    untried: OF_TEAMS,
    says: /AADSTS7000215/,
  },
  '23 app in no team': {
    break: ({ file }) => {
      const database = new DatabaseSync(file);
      database.exec('delete from conversations');
      database.close();
    },
    wrong: ['app-installed'],
    untried: ['service-url', 'channel'],
  },
  '23a app taken out of its team while the bot was down': {
    break: ({ simulator }) => simulator.tenant.teams.change({ kind: 'uninstall', teamId: TEAM }),
    wrong: ['app-installed'],
    untried: ['channel'],
  },
  '24 alert channel deleted': {
    break: ({ simulator }) => simulator.tenant.teams.change({ kind: 'delete-channel', channelId: CHANNEL }),
    wrong: ['channel'],
    says: /post alerts in this channel/,
  },
  '25 conditional access refuses the app': {
    break: ({ simulator }) => simulator.tenant.register('app', { blockedByPolicy: true }),
    wrong: TOKENS,
    untried: ['credential', ...ALL_OF_THE_TENANT],
    says: /Conditional Access.*AADSTS53003/,
  },
  'the settings name no bot although it is for others': {
    break: ({ env }) => {
      for (const name of ['BOT_ID', 'BOT_TYPE', 'BOT_TENANT_ID', 'BOT_PASSWORD']) delete env[name];
      env.HOST = '0.0.0.0';
    },
    wrong: ['token.bot'],
    untried: OF_TEAMS,
    says: /BOT_ID/,
  },
  'the settings name no credential': {
    break: ({ env }) => {
      delete env.AAD_APP_CLIENT_SECRET;
    },
    wrong: ['credential', ...TOKENS],
    untried: ALL_OF_THE_TENANT,
    says: /AAD_APP_CLIENT_SECRET/,
  },
  'a setting of something else is wrong': {
    break: set({ SETTLE_MINUTES: 'soon' }),
    wrong: ['settings'],
    says: /SETTLE_MINUTES/,
  },
  'nobody answers': {
    break: ({ env }) => {
      for (const name of ['AUTHORITY_URL', 'GRAPH_URL', 'MANAGEMENT_API_URL'])
        env[name] = 'https://127.0.0.1:9';
    },
    wrong: [...TOKENS, 'token.bot'],
    untried: ['credential', 'clock', ...ALL_OF_THE_TENANT, ...OF_TEAMS],
    says: /does not answer/,
  },
};

let world: DoctorWorld;
beforeEach(async () => {
  world = new DoctorWorld();
  await world.start();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await world.stop();
});

describe('a tenant in which nothing is wrong', () => {
  it('has no false check, and says so', async () => {
    const { code, findings } = await world.run();
    expect(checksThat(findings, false)).toEqual([]);
    expect(checksThat(findings, null)).toEqual(NEVER_TRIED.toSorted());
    expect(code).toBe(0);
  });

  it('is not written to', async () => {
    world.simulator.tenant.clearRequests();
    world.simulator.tenant.feed.stop('Audit.General');
    await world.run();
    expect(world.simulator.tenant.writes()).toEqual([]);
    expect(world.simulator.tenant.feed.isStarted('Audit.General')).toBe(false);
  });

  it('with a secret that ends in ten days is warned of (3), with exit code 0', async () => {
    world.simulator.tenant.permit('Application.Read.All', true);
    world.simulator.tenant.register('app', { secretEndsAt: Date.now() + 10 * 86_400_000 });
    const { code, findings } = await world.run();
    expect(checksThat(findings, false)).toEqual([]);
    const credential = findings.find(({ check }) => check === 'credential');
    expect(credential).toMatchObject({ ok: true, detail: expect.stringContaining('ends in 10 days') });
    expect(credential?.fix).toContain('az ad app credential reset');
    expect(code).toBe(0);
  });
});

describe('in the broken state', () => {
  it.each(Object.entries(STATES))('%s', async (_name, { break: breakIt, wrong, untried = [], says }) => {
    await breakIt(world);
    const { code, findings } = await world.run();
    expect(checksThat(findings, false)).toEqual(wrong.toSorted());
    expect(checksThat(findings, null)).toEqual([...new Set([...NEVER_TRIED, ...untried])].sort());
    expect(code).toBe(wrong.length > 0 ? 1 : 0);
    const [first] = findings.filter(({ ok }) => ok === false);
    if (says) expect(`${first?.detail} ${first?.fix}`).toMatch(says);
    for (const { ok, breaks, fix } of findings) {
      if (ok === false) expect([breaks === '', fix === '']).toEqual([false, false]);
    }
  });

  it.each(Object.entries(STATES))('%s: the script has its command, and no secret', async (_name, state) => {
    await state.break(world);
    const { out } = await world.run('--fix');
    for (const check of state.wrong) expect(out).toContain(`# ${check}: `);
    const secrets = [BOT_SECRET, CLIENT_SECRET, world.env.BOT_PASSWORD, world.env.AAD_APP_CLIENT_SECRET];
    for (const secret of secrets) if (secret) expect(out).not.toContain(secret);
  });
});

describe('beside a bot', () => {
  const FREE = { guard: { for: 'everybody' } } as const;

  it('26 whose /metrics are open to everybody, the endpoints are false', async () => {
    const { port } = await world.bot({ host: '0.0.0.0', operations: FREE });
    Object.assign(world.env, { HOST: '0.0.0.0', PORT: String(port) });
    const { findings } = await world.run();
    expect(checksThat(findings, false)).toEqual(['endpoints']);
    expect(findings.at(-1)?.detail).toContain('/metrics');
  });

  it('26a whose port for operations is open to everybody, they are false', async () => {
    const { port, operationsPort } = await world.bot({
      host: '0.0.0.0',
      operations: { host: '0.0.0.0', port: 0 },
    });
    Object.assign(world.env, {
      HOST: '0.0.0.0',
      PORT: String(port),
      OPERATIONS_HOST: '0.0.0.0',
      OPERATIONS_PORT: String(operationsPort),
    });
    expect(checksThat((await world.run()).findings, false)).toEqual(['endpoints']);
  });

  it('that asks for a token, or listens on this machine only, they are true', async () => {
    const guarded = await world.bot({
      host: '0.0.0.0',
      operations: { guard: { for: 'token', token: null } },
    });
    Object.assign(world.env, { HOST: '0.0.0.0', PORT: String(guarded.port) });
    expect(checksThat((await world.run()).findings, true)).toContain('endpoints');
    const local = await world.bot({ host: '127.0.0.1', operations: FREE });
    Object.assign(world.env, { HOST: '127.0.0.1', PORT: String(local.port) });
    expect(checksThat((await world.run()).findings, true)).toContain('endpoints');
  });

  it('27 that has another database for the same tenant, the database is not the right one', async () => {
    const storeOf = (tenantId: string) => (tenantId === world.simulator.tenantId ? 'f'.repeat(32) : null);
    const { port } = await world.bot({ host: '127.0.0.1', operations: FREE, storeOf });
    world.env.PORT = String(port);
    const { findings } = await world.run();
    expect(checksThat(findings, false)).toEqual(['database.reach']);
    expect(findings.find(({ check }) => check === 'database.reach')?.detail).toContain('another database');
  });

  it('of another tenant, nothing is wrong', async () => {
    const storeOf = (tenantId: string) => (tenantId === 'another' ? 'f'.repeat(32) : null);
    const { port } = await world.bot({ host: '127.0.0.1', operations: FREE, storeOf });
    world.env.PORT = String(port);
    expect(checksThat((await world.run()).findings, false)).toEqual([]);
  });
});

describe('28 a permission that was granted to a managed identity after its token was made', () => {
  beforeEach(async () => {
    const { simulator, env } = world;
    delete env.AAD_APP_CLIENT_SECRET;
    env.AAD_APP_MANAGED_IDENTITY = 'true';
    vi.stubEnv('IDENTITY_ENDPOINT', `${simulator.origin}/msi/token`);
    vi.stubEnv('IDENTITY_HEADER', 'of-the-platform');
  });

  it('is false, and says that it takes up to 24 hours; where the grant can be read, until when', async () => {
    const { tenant } = world.simulator;
    tenant.permit('Application.Read.All', true);
    tenant.permit('AuditLog.Read.All', false);
    expect(checksThat((await world.run()).findings, false)).toEqual(['permission.AuditLog.Read.All']);
    tenant.permit('AuditLog.Read.All', true);
    const known = await world.run();
    expect(checksThat(known.findings, false)).toEqual(['permission.AuditLog.Read.All']);
    const [lacking] = known.findings.filter(({ ok }) => ok === false);
    expect(lacking?.detail).toMatch(/was granted on .* not in the token yet.*24 hours/);
    expect(lacking?.fix).toMatch(/Wait until .* UTC/);
    tenant.permit('Application.Read.All', false);
    const unknown = await world.run();
    expect(checksThat(unknown.findings, false)).toEqual(['permission.AuditLog.Read.All']);
    expect(unknown.findings.find(({ ok }) => ok === false)?.detail).toMatch(/24 hours/);
  });
});
