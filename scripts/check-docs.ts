/**
 * Holds the pages to the product: links and anchors, commands, npm scripts, settings, files and pictures that they
 * name must be there. Exits 1 and says each problem in a sentence.
 */
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { z } from 'zod';
import { VARIABLES } from '../src/config/variables.ts';

/** Names of the environment that are no settings of the bot. */
const OTHER_NAMES = new Set(
  `BOT_DOMAIN NODE_EXTRA_CA_CERTS NODE_OPTIONS TEAMS_APP_ID APP_NAME_SUFFIX TEAMSFX_ENV AZURE_SUBSCRIPTION_ID
  AZURE_RESOURCE_GROUP_NAME RESOURCE_SUFFIX UPDATE_IMAGES CARD_PICTURES FUZZ_SEED FUZZ_RUNS SHOW_LOGS SIGMA_RULES
  TEST_POSTGRES_URL CHROMIUM_PATH WEBSITE_URL PRIVACY_URL TERMS_OF_USE_URL DATABASE_PASSWORD NODE_USE_ENV_PROXY SETTLE_MINUTE ENABLE_ORYX_BUILD SCM_DO_BUILD_DURING_DEPLOYMENT WEBSITE_RUN_FROM_PACKAGE`.split(
    /\s+/,
  ),
);

/** Pages for people who work on the code name its constants, too. */
const ABOUT_CODE = /^(AGENTS\.md|docs\/architecture\.md|docs\/decisions\/)/;

/** What pages may name. `exists` says whether there is a file or folder of this path, relative to the project. */
export type Facts = {
  commands: ReadonlySet<string>;
  scripts: ReadonlySet<string>;
  settings: ReadonlySet<string>;
  exists(file: string): boolean;
};

/** Pages by their path, relative to the project. */
export type Pages = ReadonlyMap<string, string>;

/** Says what the pages name that is not there, one sentence each. */
export function docProblems(pages: Pages, facts: Facts): string[] {
  return [...pages].flatMap(([page, text]) => [
    ...linkProblems(page, text, pages, facts),
    ...commandProblems(page, text, facts),
    ...nameProblems(page, text, facts),
  ]);
}

function linkProblems(page: string, text: string, pages: Pages, facts: Facts): string[] {
  const prose = withoutCode(text);
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target = '']) => {
    if (/^[a-z]+:/.test(target)) return [];
    const [file = '', anchor] = target.split('#');
    const there = file === '' ? page : path.posix.join(path.posix.dirname(page), file);
    if (!facts.exists(there)) return [`${page} links to ${target}, which is not there.`];
    const other = pages.get(there);
    if (anchor === undefined || other === undefined) return [];
    return anchorsOf(other).has(anchor) ? [] : [`${page} links to ${target}, and there is no such heading.`];
  });
}

function commandProblems(page: string, text: string, { commands, scripts }: Facts): string[] {
  const named = (pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, name = '']) => name);
  return [
    ...named(/license-watch ([a-z][a-z-]+)(?=[\s`"'])/g)
      .filter((name) => !commands.has(name) && isCode(text, `license-watch ${name}`))
      .map((name) => `${page} names the command ${name}, which is not there.`),
    ...named(/npm run (?:--silent )?([a-z][\w:-]*)/g)
      .filter((name) => !scripts.has(name))
      .map((name) => `${page} names the npm script ${name}, which is not there.`),
  ];
}

function nameProblems(page: string, text: string, { settings, exists }: Facts): string[] {
  const code = [...text.replaceAll(/```[\s\S]*?```/g, '').matchAll(/`([^`\n]+)`/g)].map(
    ([, inside = '']) => inside,
  );
  const unknown = (ABOUT_CODE.test(page) ? [] : code)
    .flatMap((inside) => /^([A-Z][A-Z\d]*(?:_[A-Z\d]+)+)(?:=|$)/.exec(inside)?.[1] ?? [])
    .filter((name) => !settings.has(name.replace(/^SECRET_/, '')) && !OTHER_NAMES.has(name));
  const missing = code
    .filter((inside) => /^(?:src|test|scripts|infra|docs|deploy|bench|detections)\/[\w./-]+$/.test(inside))
    .filter((file) => !exists(file));
  return [
    ...unknown.map((name) => `${page} names the setting ${name}, which there is not.`),
    ...missing.map((file) => `${page} names ${file}, which is not there.`),
  ];
}

/** The text without blocks and pieces of code, in which brackets are no links. */
const withoutCode = (text: string): string =>
  text.replaceAll(/```[\s\S]*?```/g, '').replaceAll(/`[^`\n]*`/g, '');

const isCode = (text: string, words: string): boolean =>
  [...text.matchAll(/```[\s\S]*?```|`[^`\n]*`/g)].some(([code]) => code.includes(words));

/** The anchors that GitHub makes of a page’s headings. */
function anchorsOf(text: string): ReadonlySet<string> {
  const headings = [...text.replaceAll(/```[\s\S]*?```/g, '').matchAll(/^#{1,6} (.+)$/gm)];
  return new Set(
    headings.map(([, heading = '']) =>
      heading
        .trim()
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

const Manifest = z.record(z.string(), z.object({ card: z.string(), picture: z.string() }));
const PICTURES = 'docs/images/cards';

/**
 * Says which pictures of cards are not those that were taken last, or are on no page. Whether the cards look like that
 * still is for a test to say, which can make them.
 */
export function pictureProblems(
  manifest: Readonly<Record<string, { picture: string }>>,
  pictures: ReadonlyMap<string, Uint8Array>,
  page: string,
): string[] {
  const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  return [...new Set([...Object.keys(manifest), ...pictures.keys()])].flatMap((name) => {
    const bytes = pictures.get(name);
    const noted = manifest[name];
    if (!bytes || noted?.picture !== digest(bytes)) {
      return [
        `${PICTURES}/${name}.png is not the picture that was taken last: take them again with UPDATE_IMAGES=1.`,
      ];
    }
    return page.includes(`](images/cards/${name}.png)`)
      ? []
      : [`docs/cards.md does not show ${PICTURES}/${name}.png.`];
  });
}

/** The commands of the command line, as `src/main.ts` lists them. */
export const commandsIn = (main: string): Set<string> =>
  new Set([...main.matchAll(/^ {2}'?([a-z][a-z-]*)'?: \{/gm)].map(([, name = '']) => name));

const Package = z.object({ scripts: z.record(z.string(), z.string()) });

if (import.meta.main) {
  const read = (file: string): string => readFileSync(file, 'utf8');
  const files = ['README.md', 'AGENTS.md', 'SECURITY.md', 'bench/README.md', ...globSync('docs/**/*.md')]
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => existsSync(file));
  const pages = new Map(files.map((file) => [file, read(file)]));
  const facts: Facts = {
    commands: commandsIn(read('src/main.ts')),
    scripts: new Set(Object.keys(Package.parse(JSON.parse(read('package.json'))).scripts)),
    settings: new Set(VARIABLES.map(({ name }) => name)),
    exists: existsSync,
  };
  const guide = pages.get('docs/admin-guide.md') ?? '';
  const unlisted = VARIABLES.filter(({ name }) => !guide.includes(`| \`${name}\` |`));
  const pictures = new Map(
    globSync(`${PICTURES}/*.png`).map((file) => [path.basename(file, '.png'), readFileSync(file)]),
  );
  const problems = [
    ...docProblems(pages, facts),
    ...unlisted.map(({ name }) => `docs/admin-guide.md does not list the setting ${name}.`),
    ...pictureProblems(
      Manifest.parse(JSON.parse(read(`${PICTURES}/manifest.json`))),
      pictures,
      pages.get('docs/cards.md') ?? '',
    ),
  ];
  for (const problem of problems) console.error(problem);
  console.error(
    problems.length === 0 ? 'docs: all that they name is there' : `docs: ${problems.length} wrong`,
  );
  process.exit(problems.length === 0 ? 0 : 1);
}
