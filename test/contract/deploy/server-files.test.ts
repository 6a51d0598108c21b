import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { loadConfig } from '../../../src/config/config.ts';
import { VARIABLES } from '../../../src/config/variables.ts';
import { projectFile } from '../packaging/project-files.ts';
import { directive, environmentFile, environmentOf, readUnit } from './unit-file.ts';

const KNOWN = new Set<string>(VARIABLES.map(({ name }) => name));
const GUID = '11111111-2222-4333-8444-555555555555';
/** What somebody fills in. */
const filledIn = (env: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).map(([name, value]) => [
      name,
      value !== '' ? value : name.endsWith('_ID') ? GUID : 'a secret of somebody',
    ]),
  );

const Service = z.looseObject({
  environment: z.record(z.string(), z.string()),
  read_only: z.literal(true),
  cap_drop: z.tuple([z.literal('ALL')]),
  security_opt: z.array(z.string()),
  tmpfs: z.array(z.string()),
  ports: z.array(z.string()).optional(),
  env_file: z.string().optional(),
  logging: z.object({ driver: z.literal('json-file'), options: z.record(z.string(), z.string()) }),
  restart: z.literal('unless-stopped'),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).optional(),
  healthcheck: z.looseObject({ test: z.array(z.string()) }).optional(),
  volumes: z.array(z.string()).optional(),
  image: z.string(),
});
const Compose = z.object({
  name: z.string(),
  services: z.object({ bot: Service, database: Service }),
  volumes: z.object({ database: z.null() }),
});

describe('compose.yaml', () => {
  const text = projectFile('compose.yaml');
  const { bot, database } = Compose.parse(parse(text, { merge: true })).services;
  const example = environmentFile('.env.example');

  it('starts a bot that waits for a healthy database, and both can write to little', () => {
    expect(bot.depends_on).toEqual({ database: { condition: 'service_healthy' } });
    expect(database.healthcheck?.test.slice(0, 2)).toEqual(['CMD', 'pg_isready']);
    expect(database.image).toMatch(/^postgres:\d+\.\d+$/);
    // Since version 18 the image keeps its data below this folder.
    expect(database.volumes).toEqual(['database:/var/lib/postgresql']);
    for (const { security_opt } of [bot, database]) expect(security_opt).toContain('no-new-privileges:true');
  });

  it('opens one port, to this machine alone, and not the one of readiness and metrics', () => {
    expect(bot.ports).toEqual([`127.0.0.1:${bot.environment.PORT}:${bot.environment.PORT}`]);
    expect(database.ports).toBeUndefined();
    expect(bot.environment.OPERATIONS_PORT).not.toBe(bot.environment.PORT);
  });

  it('takes what it asks for from the example, which has settings that exist and no secret', () => {
    const asked = [...text.matchAll(/\$\{(\w+)/g)].map(([, name = '']) => name);
    expect(asked.filter((name) => !(name in example))).toEqual([]);
    const names = [...Object.keys(example), ...Object.keys(bot.environment)];
    const others = new Set([...asked, 'PGPASSWORD']);
    expect(names.filter((name) => !KNOWN.has(name) && !others.has(name))).toEqual([]);
    const secret = new Set<string>(VARIABLES.filter((one) => one.secret).map(({ name }) => name));
    expect(Object.entries(example).filter(([name, value]) => secret.has(name) && value !== '')).toEqual([]);
    // Otherwise Git or the builder would have it one day.
    expect(projectFile('.gitignore').split('\n')).toContain('.env');
  });

  it('is enough to start, once it is filled in', () => {
    const loaded = loadConfig({ ...filledIn(example), ...bot.environment });
    expect(loaded).toMatchObject({ ok: true, config: { bot: { type: 'SingleTenant' } } });
  });
});

describe('the unit of systemd', () => {
  const unit = readUnit('license-watch.service');
  const service = (key: string): string => directive(unit, 'Service', key);

  it('is enough to start with its example, once it is filled in', () => {
    const example = environmentFile('deploy/systemd/license-watch.env.example');
    const env = { ...environmentOf(unit), ...filledIn(example) };
    expect(Object.keys(env).filter((name) => !KNOWN.has(name) && name !== 'NODE_ENV')).toEqual([]);
    expect(loadConfig(env)).toMatchObject({
      ok: true,
      config: { http: { operations: { host: '127.0.0.1' } } },
    });
  });

  it('runs as nobody in particular, who can write to its own folder alone', () => {
    expect(service('DynamicUser')).toBe('yes');
    expect(service('ProtectSystem')).toBe('strict');
    expect(service('CapabilityBoundingSet')).toBe('');
    for (const key of ['NoNewPrivileges', 'PrivateTmp', 'PrivateDevices', 'ProtectHome', 'RestrictSUIDSGID'])
      expect(service(key)).toBe('yes');
    const database = environmentOf(unit).DATABASE_URL?.replace('file:', '');
    expect(database).toMatch(new RegExp(`^/var/lib/${service('StateDirectory')}/`));
  });

  it('comes up again after a crash, not after a wrong setting, and has longer to end than it takes', () => {
    expect(service('Restart')).toBe('always');
    expect(service('RestartPreventExitStatus')).toBe('2');
    expect(Number(service('TimeoutStopSec'))).toBeGreaterThan(10);
  });

  it.each(['license-watch-backup.service', 'license-watch-restore@.service'])(
    'has the same place, user, settings and data as %s',
    (name) => {
      const other = readUnit(name);
      for (const key of [
        'WorkingDirectory',
        'EnvironmentFile',
        'Environment',
        'DynamicUser',
        'User',
        'UMask',
      ])
        expect([key, other.Service?.[key]]).toEqual([key, unit.Service?.[key]]);
      expect(directive(other, 'Service', 'StateDirectory')).toContain(service('StateDirectory'));
    },
  );

  it('backs up to where a restore and an update look', () => {
    const backups = '/var/lib/license-watch/backups';
    expect(directive(readUnit('license-watch-backup.service'), 'Service', 'ExecStart')).toContain(
      `backup ${backups}/`,
    );
    expect(directive(readUnit('license-watch-restore@.service'), 'Service', 'ExecStart')).toContain(
      `${backups}/%i`,
    );
    expect(projectFile('deploy/update.sh')).toContain(backups);
  });
});

describe('the proxies', () => {
  const PUBLIC = ['/api/messages', '/api/notifications', '/healthz'];
  const example = environmentFile('deploy/systemd/license-watch.env.example');
  const bot = `127.0.0.1:${example.PORT}`;

  it('nginx passes on three paths, to the bot, and nothing else', () => {
    const text = projectFile('deploy/proxy/nginx.conf');
    const locations = text
      .split(/^ {4}location /m)
      .slice(1)
      .map((block) => ({
        where: block.slice(0, block.indexOf(' {')),
        body: block.split(/^ {4}\}/m)[0] ?? '',
      }));
    const passed = locations.filter(({ body }) => body.includes('proxy_pass'));
    expect(passed.map(({ where }) => where)).toEqual(PUBLIC.map((name) => `= ${name}`));
    for (const { body } of passed) expect(body).toContain(`proxy_pass http://${bot};`);
    expect(text).not.toContain(example.OPERATIONS_PORT);
    expect(text).toMatch(/ssl_protocols\s+TLSv1\.2 TLSv1\.3;/);
  });

  it('Caddy passes on three paths, to the bot, and nothing else', () => {
    const text = projectFile('deploy/proxy/Caddyfile');
    const paths = [...text.matchAll(/^\s*path (.+)$/gm)].flatMap(([, names = '']) => names.split(' '));
    expect(paths).toEqual(PUBLIC);
    const handled = [...text.matchAll(/handle( @\w+)? \{\s*(\S+)/g)].map(([, who = '', what]) => [
      who.trim(),
      what,
    ]);
    expect(handled).toEqual([
      ['@messages', 'reverse_proxy'],
      ['@health', 'reverse_proxy'],
      ['', 'respond'],
    ]);
    expect(text.match(/reverse_proxy (\S+)/g)).toEqual([`reverse_proxy ${bot}`, `reverse_proxy ${bot}`]);
  });
});
