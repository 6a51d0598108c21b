import { breaksOf } from './breaks.ts';
import type { Finding } from './finding.ts';
import { GRAPH_APP_ID, MANAGEMENT_APP_ID } from './permissions.ts';

/** What the script needs to know; nothing of it is secret. */
export type ScriptFacts = { clientId: string; botId: string; tenantId: string; graph: string };

/**
 * Writes a shell script with the lines that put right what is wrong, and the reasons as comments. It holds no secret:
 * where one is needed the script asks for it, or makes it.
 */
export function fixScript(findings: readonly Finding[], facts: ScriptFacts): string {
  const wrong = findings.filter(({ ok, fix }) => ok === false || (ok === true && fix !== ''));
  if (wrong.length === 0) return `#!/bin/sh\n${comment('Nothing is wrong that could be tried.')}\n`;
  return [
    '#!/bin/sh',
    comment('Read it before you run it. Sign in first: az login, as a Privileged Role Administrator.'),
    'set -eu',
    `APP=${quoted(facts.clientId)}`,
    `BOT=${quoted(facts.botId)}`,
    `TENANT=${quoted(facts.tenantId)}`,
    `GRAPH=${quoted(facts.graph)}`,
    ...(wrong.some(({ commands }) => commands.some((line) => line.startsWith('grant '))) ? GRANT : []),
    ...wrong.flatMap(partOf),
    '',
  ].join('\n');
}

const partOf = (finding: Finding): string[] => [
  '',
  comment(`${finding.check}: ${finding.detail}`),
  comment(breaksOf(finding.check)),
  ...(finding.fix === '' ? [] : [comment(finding.fix)]),
  ...(finding.commands.length === 0
    ? [`echo ${quoted(`${finding.check}: ${finding.fix}`)}`]
    : finding.commands),
];

/** Grants one application permission with consent for the whole tenant. */
const GRANT: readonly string[] = [
  'grant() {',
  '  sp=$(az ad sp show --id "$APP" --query id --output tsv)',
  '  api=$(az ad sp show --id "$2" --query id --output tsv)',
  '  role=$(az ad sp show --id "$2" --query "appRoles[?value==\'$1\'].id | [0]" --output tsv)',
  '  az rest --method POST --url "$GRAPH/v1.0/servicePrincipals/$sp/appRoleAssignments" --resource "$GRAPH" \\',
  '    --headers Content-Type=application/json \\',
  '    --body "{\\"principalId\\":\\"$sp\\",\\"resourceId\\":\\"$api\\",\\"appRoleId\\":\\"$role\\"}"',
  '}',
];

/** The line of the script that grants a permission. */
export const grantLine = (permission: string, api: 'graph' | 'management'): string =>
  `grant ${permission} ${api === 'graph' ? GRAPH_APP_ID : MANAGEMENT_APP_ID}`;

/** A comment is one line, whatever a service wrote. */
const comment = (text: string): string => `# ${oneLine(text)}`;
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** A word of the shell that means nothing but itself. */
export const quoted = (text: string): string => `'${oneLine(text).replaceAll("'", "'\\''")}'`;
