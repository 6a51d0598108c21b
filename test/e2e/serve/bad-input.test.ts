import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aSilentServer, Product } from './product.ts';

const STACK = /\n\s+at /;

describe('the command line', () => {
  let product: Product;
  beforeAll(async () => {
    product = await Product.install();
  });
  afterAll(() => product.remove());

  it('tells every wrong, missing and contradictory setting at once, and no secret', async () => {
    const { code, stderr, stdout } = await product.start(['serve'], {
      AAD_APP_TENANT_ID: 'contoso',
      AAD_APP_CLIENT_ID: undefined,
      AAD_APP_MANAGED_IDENTITY: 'true',
      CLOUD: 'public',
      HOST: '0.0.0.0',
      PORT: '99999',
      SCAN_SCHEDULE: 'often',
      TIME_ZONE: 'Amsterdam',
      MASS_LOSS_PERCENT: '0',
      DATABASE_URL: 'mysql://root:hunter2@db/watch',
      LOG_LEVEL: 'loud',
    }).ended;
    expect(code).toBe(2);
    expect(stdout).toBe('');
    const [head, ...problems] = stderr.trim().split('\n');
    expect(head).toBe(`${problems.length} settings are wrong:`);
    for (const name of [
      'AAD_APP_TENANT_ID',
      'AAD_APP_CLIENT_ID',
      'AAD_APP_MANAGED_IDENTITY',
      'AUTHORITY_URL',
      'GRAPH_URL',
      'MANAGEMENT_API_URL',
      'BOT_ID',
      'PORT',
      'SCAN_SCHEDULE',
      'TIME_ZONE',
      'MASS_LOSS_PERCENT',
      'DATABASE_URL',
      'LOG_LEVEL',
    ]) {
      expect(stderr, name).toContain(name);
    }
    for (const problem of problems) expect(problem).toMatch(/^ {2}- [A-Z].*\.$/);
    expect(stderr).not.toContain('hunter2');
    expect(stderr).not.toContain(product.simulator.clientSecret);
  });

  it.each<[string, string[], number, RegExp]>([
    ['no command', [], 2, /^Usage: license-watch <command>/],
    ['an unknown command', ['nonsense'], 2, /^There is no command “nonsense”\./],
    ['a command that objects have', ['constructor'], 2, /^There is no command “constructor”\./],
    ['an unknown option of ask', ['ask', '--loud', 'status'], 2, /--loud/],
    ['an unknown option of scan', ['scan', '--loud'], 2, /--loud/],
    ['an unknown option of serve', ['serve', '--loud'], 2, /--loud/],
    ['a question without words', ['ask'], 2, /^Ask something/],
    ['a question of spaces', ['ask', '   '], 2, /^Ask something/],
    ['a folder that is not there', ['replay', 'no-such-folder'], 2, /no-such-folder/],
    ['a scenario that is not there', ['demo', '--scenario', 'nope', '--no-playground'], 2, /nope/],
    ['a port that is no number', ['demo', '--port', 'x'], 2, /--port must be a number/],
  ])('says in a sentence what is wrong with %s', async (_name, args, exit, says) => {
    const { code, stderr, stdout } = await product.start(args).ended;
    expect({ code, stdout }).toEqual({ code: exit, stdout: '' });
    expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(STACK);
  });

  it('says that the port is in use', async () => {
    const { server, url } = await aSilentServer();
    try {
      const { code, stderr } = await product.start(['serve'], { PORT: new URL(url).port }).ended;
      expect(code).toBe(1);
      expect(stderr).toBe(
        `Port ${new URL(url).port} of 127.0.0.1 is in use. Stop the program that has it, or set PORT to another one.\n`,
      );
    } finally {
      server.close();
    }
  });

  it.each<[string, () => Promise<string>, RegExp]>([
    ['a folder', async () => `file:${product.folder}`, /cannot be opened\. Is it a folder/],
    [
      'no database',
      async () => {
        await writeFile(path.join(product.folder, 'letter.db'), 'Dear Sir or Madam, '.repeat(100));
        return `file:${product.folder}/letter.db`;
      },
      /is damaged or is not a SQLite database/,
    ],
    [
      'a server that is not there',
      async () => 'postgres://watch:hunter2@127.0.0.1:9/watch',
      /^The PostgreSQL database at .* does not answer\./,
    ],
  ])('says why the database cannot be used: it is %s', async (_name, url, says) => {
    const databaseUrl = await url();
    for (const command of [['serve'], ['scan'], ['ask', 'status']]) {
      const { code, stderr } = await product.start(command, { DATABASE_URL: databaseUrl }).ended;
      expect(code).toBe(1);
      expect(stderr).toMatch(says);
      expect(stderr.trim().split('\n')).toHaveLength(1);
      expect(stderr).not.toContain('hunter2');
    }
  });
});
