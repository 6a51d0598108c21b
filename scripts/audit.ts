/**
 * Asks npm which known vulnerabilities the packages have that run, and holds each against `scripts/audit-explained.json`:
 * `npm run audit`. Exits 1 for a finding that nobody has explained, or whose explanation is over, 2 when npm cannot be asked.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';

const root = fileURLToPath(new URL('..', import.meta.url));

export type Finding = { advisory: string; package: string; severity: string; title: string };

/** Why a finding does no harm here. After `until`, a date, somebody has to look again. */
export const Explained = z.array(
  z.strictObject({
    advisory: z.string().regex(/^GHSA(-[0-9a-z]{4}){3}$/),
    package: z.string(),
    why: z.string().min(20),
    until: z.iso.date(),
  }),
);
export type Explained = z.infer<typeof Explained>;

/** As far as it is read here: `npm audit --json`, version 2 of the report. */
const Report = z.object({
  vulnerabilities: z.record(
    z.string(),
    z.object({
      via: z.array(
        z.union([
          z.string(),
          z.object({ name: z.string(), title: z.string(), url: z.string(), severity: z.string() }),
        ]),
      ),
    }),
  ),
});

/** Each advisory of a report once. Throws where the text is no report, as when npm could not ask. */
export function findingsIn(text: string): Finding[] {
  const { vulnerabilities } = Report.parse(JSON.parse(text));
  const found = new Map<string, Finding>();
  for (const via of Object.values(vulnerabilities).flatMap((one) => one.via)) {
    if (typeof via === 'string') continue;
    const advisory = via.url.split('/').at(-1) ?? via.url;
    found.set(`${advisory} ${via.name}`, {
      advisory,
      package: via.name,
      severity: via.severity,
      title: via.title,
    });
  }
  return [...found.values()];
}

/** What has to be done, one sentence each: first what stops a release, then what may be tidied up. */
export function judge(
  findings: readonly Finding[],
  explained: Explained,
  today: string,
): { problems: string[]; remarks: string[] } {
  const explanationOf = (finding: Finding) =>
    explained.find((one) => one.advisory === finding.advisory && one.package === finding.package);
  const problems = findings.flatMap((finding) => {
    const what = `${finding.advisory} (${finding.severity}) in ${finding.package}: ${finding.title}.`;
    const explanation = explanationOf(finding);
    if (explanation === undefined)
      return [`${what} Upgrade it, or say in scripts/audit-explained.json why it does no harm.`];
    return explanation.until < today
      ? [`${what} Its explanation was good until ${explanation.until}: look again.`]
      : [];
  });
  const remarks = explained
    .filter((one) => !findings.some((finding) => explanationOf(finding) === one))
    .map(
      (one) => `${one.advisory} in ${one.package} is explained and no longer found: remove the explanation.`,
    );
  return { problems, remarks };
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      registry: { type: 'string' },
      explained: { type: 'string', default: path.join(root, 'scripts/audit-explained.json') },
    },
  });
  const args = ['audit', '--omit=dev', '--json', ...(values.registry ? ['--registry', values.registry] : [])];
  const asked = spawnSync('npm', args, { cwd: root, encoding: 'utf8', shell: process.platform === 'win32' });
  let findings: Finding[];
  try {
    findings = findingsIn(asked.stdout);
  } catch {
    console.error(`audit: npm could not be asked.\n${asked.stderr.trim()}`);
    process.exit(2);
  }
  const explained = Explained.parse(JSON.parse(readFileSync(values.explained, 'utf8')));
  const { problems, remarks } = judge(findings, explained, new Date().toISOString().slice(0, 10));
  for (const line of [...problems, ...remarks]) console.error(`audit: ${line}`);
  console.error(`audit: ${findings.length} found, ${problems.length} to be looked at`);
  process.exit(problems.length === 0 ? 0 : 1);
}
