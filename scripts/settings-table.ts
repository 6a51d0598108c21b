/** Writes the table of settings into the admin guide: `node scripts/settings-table.ts`. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { VARIABLES, type Variable } from '../src/config/variables.ts';

const BEGIN = '<!-- settings: written by scripts/settings-table.ts -->';
const END = '<!-- end of settings -->';
export const ADMIN_GUIDE = fileURLToPath(new URL('../docs/admin-guide.md', import.meta.url));

/** All settings as Markdown, one table a section. */
export function settingsTable(): string {
  const sections = Map.groupBy<Variable['section'], Variable>(VARIABLES, (variable) => variable.section);
  return [...sections]
    .map(([section, variables]) => {
      const rows = variables.map((variable) => `| \`${variable.name}\` | ${about(variable)} |`);
      return [`### ${section}`, '', '| setting | what it says |', '| --- | --- |', ...rows].join('\n');
    })
    .join('\n\n');
}

/** A text with the table put between its markers. Throws when a marker is missing. */
export function withSettings(guide: string): string {
  const [before, rest] = guide.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error('The admin guide has lost its markers.');
  return `${before}${BEGIN}\n\n${settingsTable()}\n\n${END}${after}`;
}

function about(variable: Variable): string {
  const fallback = variable.fallback === null ? variable.unset : `\`${variable.fallback}\``;
  return `${variable.about}${fallback === null ? '' : ` Default: ${fallback}.`}${variable.secret ? ' **Secret.**' : ''}`;
}

if (process.argv[1] === path.normalize(fileURLToPath(import.meta.url))) {
  writeFileSync(ADMIN_GUIDE, withSettings(readFileSync(ADMIN_GUIDE, 'utf8')));
}
