/** Writes the table of shipped detections into their page: `node scripts/detections-table.ts`. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { type CorrelationRule, DETECTION_CLASSES, type EventRule } from '../src/domain/detection/rule.ts';
import { readRules } from '../src/rule-files/read-rules.ts';

const BEGIN = '<!-- rules: written by scripts/detections-table.ts -->';
const END = '<!-- end of rules -->';
export const DETECTIONS = fileURLToPath(new URL('../detections', import.meta.url));
export const DETECTIONS_PAGE = fileURLToPath(new URL('../docs/detections.md', import.meta.url));

/** All shipped rules as Markdown, one table a class. */
export async function detectionsTable(): Promise<string> {
  const { events, correlations } = await readRules([DETECTIONS]);
  const rules = [...events, ...correlations];
  return DETECTION_CLASSES.map((name) => {
    const rows = rules
      .filter((rule) => rule.class === name)
      .sort((a, b) => a.file.localeCompare(b.file))
      .map(
        (rule) => `| \`${rule.name}\` | ${rule.level} | ${about(rule)} | ${rule.falsePositives.join(', ')} |`,
      );
    return [
      `### ${name}`,
      '',
      '| rule | level | what it says | may be harmless |',
      '| --- | --- | --- | --- |',
      ...rows,
    ].join('\n');
  }).join('\n\n');
}

const about = (rule: EventRule | CorrelationRule): string =>
  `**${rule.title}.** ${rule.description.trim().replaceAll('\n', ' ')}`;

/** A text with the table put between its markers. Throws when a marker is missing. */
export async function withDetections(page: string): Promise<string> {
  const [before, rest] = page.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error('The page has lost its markers.');
  return `${before}${BEGIN}\n\n${await detectionsTable()}\n\n${END}${after}`;
}

if (process.argv[1] === path.normalize(fileURLToPath(import.meta.url))) {
  writeFileSync(DETECTIONS_PAGE, await withDetections(readFileSync(DETECTIONS_PAGE, 'utf8')));
}
