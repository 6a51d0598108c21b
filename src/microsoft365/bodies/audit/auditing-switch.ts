/** Finds the switch of auditing in a record of Set-AdminAuditLogConfig, in whatever form its parameters come. */
import type { AuditEvent } from '../../../domain/audit/event.ts';

const OPERATION = /^set-adminauditlogconfig$/i;
const PARAMETER = 'unifiedauditlogingestionenabled';
/** As in a line of PowerShell, or in a text that lists parameters. */
const IN_TEXT = /unifiedauditlogingestionenabled["'\s:=,]*\$?(true|false)\b/i;
const NAMES: ReadonlySet<string> = new Set(['name', 'key', 'parametername', 'displayname']);
const VALUES: ReadonlySet<string> = new Set(['value', 'newvalue', 'parametervalue']);
const DEEPEST = 8;

/**
 * What a record says of the switch: `on`, `off`, or null when it says nothing of it. Most records of the
 * cmdlet do not: Microsoft's own maintenance runs it without that parameter. A run that failed switches nothing.
 */
export function auditingSwitchOf(event: AuditEvent, raw: string): 'on' | 'off' | null {
  if (!OPERATION.test(event.operation) || event.result === 'failure') return null;
  const enabled = inText(raw, 0);
  return enabled === null ? null : enabled ? 'on' : 'off';
}

function inText(text: string, depth: number): boolean | null {
  const parsed = parsedJson(text);
  if (parsed !== undefined) return inValue(parsed, depth + 1);
  const found = IN_TEXT.exec(text)?.[1];
  return found === undefined ? null : truth(found);
}

function inValue(value: unknown, depth: number): boolean | null {
  if (depth > DEEPEST || value === null) return null;
  if (typeof value === 'string') {
    return value.toLowerCase().includes(PARAMETER) ? inText(value, depth) : null;
  }
  if (typeof value !== 'object') return null;
  const fields = Array.isArray(value)
    ? value.map((one, index): [string, unknown] => [String(index), one])
    : Object.entries(value);
  const named = fields.some(([key, one]) => NAMES.has(key.toLowerCase()) && isParameter(one));
  for (const [key, one] of fields) {
    const isValue = isParameter(key) || (named && VALUES.has(key.toLowerCase()));
    const told = isValue ? truth(Array.isArray(one) ? one[0] : one) : null;
    if (told !== null) return told;
  }
  for (const [, one] of fields) {
    const told = inValue(one, depth + 1);
    if (told !== null) return told;
  }
  return null;
}

const isParameter = (value: unknown): boolean =>
  typeof value === 'string' && value.replace(/^-/, '').toLowerCase() === PARAMETER;

/** `False`, `$false`, false, 0. */
function truth(value: unknown): boolean | null {
  const text = String(value)
    .trim()
    .replace(/^["'$[\s]+|["'\]\s]+$/g, '')
    .toLowerCase();
  if (text === 'true' || text === '1') return true;
  if (text === 'false' || text === '0') return false;
  return null;
}

function parsedJson(text: string): unknown {
  if (!/^\s*["[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
