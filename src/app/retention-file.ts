import { readFile } from 'node:fs/promises';
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import type { RetentionFacts } from '../answers/answer/retention-facts.ts';
import { generalPolicy, inPriority, type RetentionPolicy } from '../domain/archive/retention.ts';
import { recordTypeOf } from '../domain/audit/record-types.ts';
import type { Store } from '../domain/ports.ts';

/** As in Purview: https://learn.microsoft.com/purview/audit-log-retention-policies */
const MAX_POLICIES = 50;
const DAYS = 'give a whole number of days, or forever';
/** As `archive verify` lists it beside the policies. */
const ERASURE = 'erasure';
const MAX_BYTES = 1024 * 1024;

const RecordType = z.union([z.string(), z.int().nonnegative()]).transform((value, context) => {
  const type = recordTypeOf(String(value));
  if (type !== null) return type;
  context.addIssue(
    `“${value}” is no record type that I know: give its number, one of Microsoft’s names, or directoryAudits`,
  );
  return z.NEVER;
});

const Days = z
  .union([z.number(), z.string()], DAYS)
  .refine(
    (days) =>
      days === 'forever' ||
      (typeof days === 'number' && Number.isInteger(days) && days >= 1 && days <= 36_500),
    DAYS,
  )
  .transform((days) => (typeof days === 'number' ? days : null));

const Policy = z.strictObject({
  name: z.string().trim().min(1).max(64),
  description: z.string().trim().max(1_000).default(''),
  priority: z.int().min(1).max(10_000),
  recordTypes: z.array(RecordType).default([]),
  users: z.array(z.string().trim().toLowerCase().min(1)).default([]),
  operations: z
    .array(
      z
        .string()
        .trim()
        .transform((text) => text.replace(/\.$/, '').toLowerCase()),
    )
    .default([]),
  days: Days,
});

const RetentionFile = z.strictObject({
  policies: z
    .array(Policy)
    .max(MAX_POLICIES, `at most ${MAX_POLICIES} policies`)
    .refine((all) => new Set(all.map(({ priority }) => priority)).size === all.length, {
      message: 'each policy needs a priority of its own',
    })
    .refine((all) => new Set(all.map(({ name }) => name.toLowerCase())).size === all.length, {
      message: 'each policy needs a name of its own',
    })
    .refine((all) => !all.some(({ name }) => name.toLowerCase() === ERASURE), {
      message: `no policy is called “${ERASURE}”: this is what the chain of the archive calls the erasure of a person`,
    }),
});

/** The file of retention policies cannot be used: nothing may be removed by it. */
export class RetentionFileError extends Error {
  readonly code = 'retention-unusable';
  constructor(why: string) {
    super(`The file that RETENTION_PATH names cannot be used, and nothing is removed until it can: ${why}.`);
    this.name = 'RetentionFileError';
  }
}

/**
 * The policies by which audit records are kept, the highest priority first; the last one is AUDIT_RETENTION_DAYS.
 * @param path of the file; null: there is only AUDIT_RETENTION_DAYS
 * @param days of AUDIT_RETENTION_DAYS; null keeps for good
 * Throws RetentionFileError; its message says which line, and what to do.
 */
export async function retentionOf(path: string | null, days: number | null): Promise<RetentionPolicy[]> {
  const general = generalPolicy(days);
  if (path === null) return [general];
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new RetentionFileError(`it cannot be read (${error.code ?? error.name})`);
  });
  if (text.length > MAX_BYTES) throw new RetentionFileError('it is larger than 1 MB');
  return [...inPriority(policiesIn(text)), general];
}

/** By what the archive keeps records, for answers: of a file that cannot be used the reason, in a sentence. */
export const retentionFacts = (
  retention: () => Promise<RetentionPolicy[]>,
  { holds }: Pick<Store, 'holds'>,
): RetentionFacts => ({
  policies: () =>
    retention().catch((error: unknown) => {
      if (error instanceof RetentionFileError) return error.message;
      throw error;
    }),
  holds: () => holds.inForce(),
});

function policiesIn(text: string): RetentionPolicy[] {
  const lines = new LineCounter();
  const doc = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [broken] = doc.errors;
  if (broken) throw new RetentionFileError(`line ${lines.linePos(broken.pos[0]).line}: ${broken.message}`);
  const parsed = RetentionFile.safeParse(doc.toJS({ maxAliasCount: 100 }) ?? {});
  if (parsed.success) return parsed.data.policies;
  const [issue] = parsed.error.issues;
  const path = (issue?.path ?? []).filter((step) => typeof step !== 'symbol');
  const node = doc.getIn(path, true);
  const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : null;
  const offset = Array.isArray(range) && typeof range[0] === 'number' ? range[0] : 0;
  throw new RetentionFileError(
    `line ${lines.linePos(offset).line}${path.length === 0 ? '' : `, ${path.join('.')}`}: ${issue?.message ?? 'not of the form that I know'}`,
  );
}
