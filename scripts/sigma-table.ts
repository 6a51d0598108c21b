/**
 * Writes into docs/detections.md what of a checkout of SigmaHQ's rules works here, by loading it:
 * `node scripts/sigma-table.ts <checkout>`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { EventRule } from '../src/domain/detection/rule.ts';
import { parseRules } from '../src/rule-files/parse-rules.ts';
import { readFolder } from '../src/rule-files/read-folder.ts';
import { readRules } from '../src/rule-files/read-rules.ts';

const BEGIN = '<!-- sigma: written by scripts/sigma-table.ts -->';
const END = '<!-- end of sigma -->';
const PAGE = fileURLToPath(new URL('../docs/detections.md', import.meta.url));

/** Which records each log source of Sigma is here. */
const RECORDS: Readonly<Record<string, string>> = {
  'azure/auditlogs': 'Entra’s audit log, of both sources',
  'azure/signinlogs': '`UserLoggedIn` and `UserLoginFailed` of the unified audit log',
  'm365/audit': 'the unified audit log',
  'm365/exchange': 'the unified audit log',
  'm365/threat_management': 'the unified audit log: alerts of the compliance portal',
  'm365/threat_detection': 'the unified audit log: alerts of the compliance portal',
};

/** One row a log source: how many rules, how many of them can work, and why the others cannot. */
async function sigmaTable(checkout: string): Promise<string> {
  const { events } = await readRules([checkout]);
  const byFile = new Map(events.map((rule) => [rule.file, rule]));
  const sources = new Map<string, EventRule[]>();
  for (const { file, text } of (await readFolder(checkout)).files) {
    for (const { body } of parseRules(file, text).documents) {
      const rule = byFile.get(file);
      if (body.kind !== 'event' || !rule) continue;
      const name = [body.logSource.product, body.logSource.service].filter(Boolean).join('/');
      sources.set(name, [...(sources.get(name) ?? []), rule]);
    }
  }
  const rows = [...sources].sort().map(([name, rules]) => {
    const unable = Map.groupBy(
      rules.filter(({ inert }) => inert !== null),
      ({ inert }) => inert ?? '',
    );
    const why = [...unable].map(
      ([reason, alike]) => `${alike.length}: ${reason.replace(/, so the rule never fires\.$/, '')}`,
    );
    const able = rules.filter(({ inert }) => inert === null).length;
    return `| \`${name}\` | ${RECORDS[name] ?? 'not collected'} | ${rules.length} | ${able} | ${why.join('; ')} |`;
  });
  const able = events.filter(({ inert }) => inert === null).length;
  return [
    `Of ${events.length} rules of SigmaHQ for these logs ${able} work; the others are loaded and say why they cannot.`,
    '',
    '| log source | records | rules | work | cannot work |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

const [checkout] = process.argv.slice(2);
if (checkout === undefined) {
  console.error('Usage: node scripts/sigma-table.ts <checkout of SigmaHQ>');
  process.exit(2);
}
const page = readFileSync(PAGE, 'utf8');
const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
if (begin < 0 || end < begin) throw new Error(`${PAGE} lacks ${BEGIN} or ${END}.`);
writeFileSync(
  PAGE,
  `${page.slice(0, begin + BEGIN.length)}\n\n${await sigmaTable(checkout)}\n\n${page.slice(end)}`,
);
