import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fillManifest, manifestTemplate } from '../../../scripts/app-manifest.ts';
import { MENU } from '../../../src/teams/commands/index.ts';
import { SEARCH_COMMANDS } from '../../../src/teams/message-extension/commands.ts';
import { projectFile, ROOT } from './project-files.ts';

const SCHEMA =
  'node_modules/@microsoft/app-manifest/build/json-schemas/teams/v1.29/MicrosoftTeams.schema.json';

const VALUES = {
  TEAMS_APP_ID: '11111111-2222-4333-8444-555555555555',
  BOT_ID: '22222222-2222-4333-8444-555555555555',
  AAD_APP_CLIENT_ID: '33333333-2222-4333-8444-555555555555',
  BOT_DOMAIN: 'bot.contoso.example',
  APP_NAME_SUFFIX: '',
  WEBSITE_URL: 'https://contoso.example/watch',
  PRIVACY_URL: 'https://contoso.example/privacy',
  TERMS_OF_USE_URL: 'https://contoso.example/terms',
};

const Manifest = z.object({
  version: z.string(),
  name: z.object({ short: z.string() }),
  composeExtensions: z.tuple([
    z.object({
      botId: z.string(),
      commands: z.array(
        z.object({
          id: z.string(),
          type: z.string(),
          title: z.string(),
          description: z.string(),
          parameters: z.array(z.object({ name: z.string(), title: z.string(), description: z.string() })),
        }),
      ),
    }),
  ]),
  bots: z.tuple([
    z.object({
      botId: z.string(),
      scopes: z.array(z.string()),
      supportsFiles: z.boolean(),
      commandLists: z.array(z.object({ scopes: z.array(z.string()), commands: z.array(z.unknown()) })),
    }),
  ]),
});

const placeholder = (name: string) => `$\{{${name}}}`;

const filled = fillManifest(manifestTemplate(), VALUES);

/** Microsoft ships a schema of draft 4, which Ajv reads as its own when it is not asked to check the draft. */
function manifestProblems(manifest: unknown): unknown[] {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  const { $schema: _draft, ...schema } = z
    .record(z.string(), z.unknown())
    .parse(JSON.parse(projectFile(SCHEMA)));
  const validate = ajv.compile(schema);
  validate(manifest);
  return validate.errors ?? [];
}

describe('the manifest', () => {
  it('fits the schema that Microsoft ships', () => {
    expect(filled).toMatchObject({ missing: [], standIns: [] });
    expect(manifestProblems(JSON.parse(filled.text))).toEqual([]);
  });

  it('is checked for real: a field too many is refused', () => {
    expect(manifestProblems({ ...JSON.parse(filled.text), surprise: true })).not.toEqual([]);
  });

  it('asks nobody for the right to read channels, which makes a bot hear the whole team', () => {
    for (const block of ['authorization', 'webApplicationInfo']) {
      expect(JSON.parse(filled.text)).not.toHaveProperty(block);
    }
  });

  it('asks for it in the variant that a team may choose, and for nothing else', () => {
    const variant = fillManifest(manifestTemplate({ readChannel: true }), VALUES);
    expect(variant).toMatchObject({ missing: [], standIns: [] });
    const { authorization, webApplicationInfo, ...rest } = JSON.parse(variant.text);
    expect(manifestProblems(JSON.parse(variant.text))).toEqual([]);
    expect(rest).toEqual(JSON.parse(filled.text));
    expect(webApplicationInfo.id).toBe(VALUES.AAD_APP_CLIENT_ID);
    expect(authorization.permissions.resourceSpecific).toEqual([
      { name: 'ChannelMessage.Read.Group', type: 'Application' },
    ]);
  });

  it('has the version of the package', () => {
    const { version } = z.object({ version: z.string() }).parse(JSON.parse(projectFile('package.json')));
    expect(Manifest.parse(JSON.parse(filled.text)).version).toBe(version);
  });

  it('puts the bot into personal chats, teams and group chats', () => {
    const [bot] = Manifest.parse(JSON.parse(filled.text)).bots;
    expect(bot.scopes).toEqual(['personal', 'team', 'groupChat']);
    expect(bot.commandLists.map((list) => list.scopes)).toEqual([['personal', 'team', 'groupChat']]);
  });

  it('lists the commands that the menu has, in their order', () => {
    const [bot] = Manifest.parse(JSON.parse(filled.text)).bots;
    expect(bot.commandLists.map((list) => list.commands)).toEqual([MENU]);
  });

  it('lets the bot hand out files', () => {
    expect(Manifest.parse(JSON.parse(filled.text)).bots[0].supportsFiles).toBe(true);
  });

  it('lists the searches of the compose box, each of which the bot answers', () => {
    const [extension] = Manifest.parse(JSON.parse(filled.text)).composeExtensions;
    expect(extension.botId).toBe(VALUES.BOT_ID);
    expect(extension.commands).toEqual(
      SEARCH_COMMANDS.map(({ id, title, description, parameter }) => ({
        id,
        type: 'query',
        title,
        description,
        parameters: [expect.objectContaining(parameter)],
      })),
    );
  });

  it.each([
    ['color.png', 192],
    ['outline.png', 32],
  ])('has the icon %s in its size', (name, size) => {
    const png = readFileSync(path.join(ROOT, 'appPackage', name));
    expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([size, size]);
  });
});

describe('filling the manifest', () => {
  it('names what has no value', () => {
    expect(fillManifest(`{"a":"${placeholder('NOBODY')}"}`, {}).missing).toEqual(['NOBODY']);
  });

  it('stands in for what provisioning will write', () => {
    const result = fillManifest(`{"id":"${placeholder('BOT_ID')}"}`, { BOT_ID: '' });
    expect(result).toEqual({
      text: '{"id":"00000000-0000-0000-0000-000000000000"}',
      standIns: ['BOT_ID'],
      missing: [],
    });
  });

  it('keeps the JSON whole whatever a value holds', () => {
    const { text } = fillManifest(`{"a":"${placeholder(' WEBSITE_URL ')}"}`, { WEBSITE_URL: 'a"b\\c\nd' });
    expect(JSON.parse(text)).toEqual({ a: 'a"b\\c\nd' });
  });
});

describe('the package', () => {
  it('holds the filled manifest and the icons at the top', () => {
    const dir = mkdtempSync(path.join(tmpdir(), 'license-watch-package-'));
    try {
      const out = path.join(dir, 'app.zip');
      execFileSync(process.execPath, [path.join(ROOT, 'scripts/package-app.ts'), '--out', out], {
        stdio: 'pipe',
      });
      const files = unzipSync(readFileSync(out));
      expect(Object.keys(files).sort()).toEqual(['color.png', 'manifest.json', 'outline.png']);
      const manifest: unknown = JSON.parse(new TextDecoder().decode(files['manifest.json']));
      expect(manifestProblems(manifest)).toEqual([]);
      expect(Manifest.parse(manifest).name.short).toBe('License Watch (dev)');
      expect(manifest).not.toHaveProperty('authorization');
      execFileSync(
        process.execPath,
        [path.join(ROOT, 'scripts/package-app.ts'), '--out', out, '--read-channel'],
        { stdio: 'pipe' },
      );
      const variant = unzipSync(readFileSync(out));
      expect(new TextDecoder().decode(variant['manifest.json'])).toContain('ChannelMessage.Read.Group');
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});
