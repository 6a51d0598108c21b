import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import permissions from '../../../scripts/permissions.json' with { type: 'json' };
import { withSettings } from '../../../scripts/settings-table.ts';
import type { ReadFailureCode } from '../../../src/domain/ports.ts';
import { projectFile, projectFiles, ROOT } from './project-files.ts';

const GUIDE = projectFile('docs/admin-guide.md');

/** The compiler sees to it that this list is whole. */
const FAILURE_CODES: Record<ReadFailureCode, true> = {
  unauthorized: true,
  forbidden: true,
  throttled: true,
  unreachable: true,
  'server-error': true,
  timeout: true,
  malformed: true,
  'invalid-row': true,
  'paging-loop': true,
  'too-many-pages': true,
  'cross-origin': true,
  'expired-page': true,
  'auditing-off': true,
  closed: true,
  refused: true,
  cancelled: true,
};

describe('the admin guide', () => {
  it('lists the settings as they are (node scripts/settings-table.ts writes them)', () => {
    expect(GUIDE).toBe(withSettings(GUIDE));
  });

  it.each(Object.keys(FAILURE_CODES))('says what to do about the failure %s', (code) => {
    expect(GUIDE).toMatch(new RegExp(`^\\| \`${code}\` \\| .+ \\| .+ \\|$`, 'm'));
  });

  it('names only npm scripts that exist', () => {
    const { scripts } = JSON.parse(projectFile('package.json'));
    const pages = GUIDE + projectFile('docs/install.md');
    const named = [...pages.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map((match) => match[1] ?? '');
    expect(named.length).toBeGreaterThan(3);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});

describe('the page of permissions', () => {
  const page = projectFile('docs/permissions.md');

  it.each([
    ...permissions.flatMap((api) => api.permissions),
    'ChannelMessage.Read.Group',
    'User.ReadWrite.All',
  ])('says what %s is for and what breaks without it', (permission) => {
    expect(page).toMatch(new RegExp(`^\\| \`${permission}\` \\| .+ \\| .+ \\|$`, 'm'));
  });
});

describe('the decisions', () => {
  const pages = projectFiles('docs/decisions/*.md').filter((page) => !page.name.endsWith('README.md'));

  it.each(pages)('$name is at most a page and is listed', ({ name, text }) => {
    expect(text.split('\n').length).toBeLessThanOrEqual(40);
    expect(projectFile('docs/decisions/README.md')).toContain(`(${name.split('/').at(-1)})`);
  });
});

it('links between the documents lead to files', () => {
  const broken = projectFiles('{CHANGELOG.md,docs/**/*.md}').flatMap(({ name, text }) =>
    [...text.matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)]
      .map((match) => path.join(path.dirname(name), match[1] ?? ''))
      .filter((target) => !existsSync(path.join(ROOT, target)))
      .map((target) => `${name} → ${target}`),
  );
  expect(broken).toEqual([]);
});
