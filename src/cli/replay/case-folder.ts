import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { AuditEvent, ServiceIssue, SourceCoverage } from '../../domain/audit/event.ts';
import type { LicensedGroup, SkuState, SubscriptionState } from '../../domain/license/sku.ts';
import type { UserState } from '../../domain/license/user-state.ts';
import { normaliseRecord, type RecordForm } from '../../microsoft365/bodies/audit/normalise-record.ts';
import {
  GraphCompanySubscription,
  toSubscriptionState,
} from '../../microsoft365/bodies/company-subscription.ts';
import { GraphGroup, toLicensedGroup } from '../../microsoft365/bodies/group.ts';
import { Instant } from '../../microsoft365/bodies/instant.ts';
import { GraphServiceIssue, toServiceIssue } from '../../microsoft365/bodies/service-issue.ts';
import { GraphSubscribedSku, toSkuState } from '../../microsoft365/bodies/subscribed-sku.ts';
import { GraphUser, toUserState } from '../../microsoft365/bodies/user.ts';
import { wholeRecords } from '../../storage/audit/whole-records.ts';
import { parseRecords } from '../records/parse-records.ts';

const CaseFile = z.object({
  title: z.string().default(''),
  observedAt: z.object({ before: Instant, after: Instant }),
  now: Instant.optional(),
  coverage: z
    .array(
      z.object({
        source: z.enum(['directoryAudits', 'activity', 'auditSearch']),
        completeTo: Instant.nullable(),
      }),
    )
    .default([]),
  auditingEnabled: z.boolean().default(true),
  selfServicePrincipalId: z.string().nullish(),
});
type CaseFile = z.infer<typeof CaseFile>;

/** Everything that a case folder holds; times are ms UTC, `null` where an optional pair of files is missing. */
export type RecordedCase = {
  title: string;
  observedBefore: number;
  observedAfter: number;
  now: number;
  coverage: SourceCoverage[];
  auditingEnabled: boolean;
  ownAppIds: string[];
  usersBefore: UserState[];
  usersAfter: UserState[];
  skus: { before: SkuState[]; after: SkuState[] } | null;
  subscriptions: { before: SubscriptionState[]; after: SubscriptionState[] } | null;
  groups: LicensedGroup[];
  deletedUserIds: string[];
  events: AuditEvent[];
  serviceIssues: ServiceIssue[];
  /** Records that could not be read, one sentence each. */
  refused: string[];
};

/** A case folder that cannot be replayed. The message is a sentence that names the file and what to mend. */
export class CaseFolderError extends Error {
  readonly code = 'bad-case-folder';
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CaseFolderError';
  }
}

/**
 * Reads a case folder: two complete reads of a tenant and the records between them. Every file but the two
 * user states may be missing. Throws CaseFolderError for a folder that cannot be replayed; a record that
 * cannot be read is reported in `refused` and left out.
 */
export async function readCaseFolder(folder: string): Promise<RecordedCase> {
  const read = new FolderReader(folder);
  await read.check();
  const [usersBefore, usersAfter] = [
    await read.required('users.before.json', GraphUser),
    await read.required('users.after.json', GraphUser),
  ];
  const skus = await read.pair('skus', GraphSubscribedSku);
  const subscriptions = await read.pair('subscriptions', GraphCompanySubscription);
  const { events, refused } = await readRecords(read);
  const settings = await read.caseFile(events);
  return {
    title: settings.title,
    observedBefore: settings.observedAt.before,
    observedAfter: settings.observedAt.after,
    now: settings.now ?? settings.observedAt.after,
    coverage: settings.coverage,
    auditingEnabled: settings.auditingEnabled,
    ownAppIds: settings.selfServicePrincipalId ? [settings.selfServicePrincipalId.toLowerCase()] : [],
    usersBefore: usersBefore.map(toUserState),
    usersAfter: usersAfter.map(toUserState),
    skus: skus && { before: skus.before.map(toSkuState), after: skus.after.map(toSkuState) },
    subscriptions: subscriptions && {
      before: subscriptions.before.map(toSubscriptionState),
      after: subscriptions.after.map(toSubscriptionState),
    },
    groups: ((await read.list('groups.json', GraphGroup)) ?? []).map(toLicensedGroup),
    deletedUserIds: ((await read.list('deletedUsers.json', z.object({ id: z.string() }))) ?? []).map(
      ({ id }) => id.toLowerCase(),
    ),
    events,
    serviceIssues: ((await read.list('serviceIssues.json', GraphServiceIssue)) ?? []).map(toServiceIssue),
    refused,
  };
}

async function readRecords(read: FolderReader): Promise<{ events: AuditEvent[]; refused: string[] }> {
  const events: AuditEvent[] = [];
  const refused: string[] = [];
  const files: readonly [string, RecordForm][] = [
    ['directoryAudits.json', 'directoryAudits'],
    ['activity.json', 'activity'],
  ];
  for (const [name, form] of files) {
    const bodies = (await read.records(name)) ?? [];
    for (const [index, body] of bodies.entries()) {
      const taken = normaliseRecord(body, form);
      if (taken.ok) events.push(taken.event);
      else refused.push(`${name}, entry ${index + 1}: ${taken.reason}`);
    }
  }
  // As the archive would give them out.
  return { events: wholeRecords(events), refused };
}

class FolderReader {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** A folder that is not there is another mistake than one without its files. */
  async check(): Promise<void> {
    const found = await stat(this.#folder).catch(() => null);
    if (found === null) throw new CaseFolderError(`There is no folder ${this.#folder}.`);
    if (!found.isDirectory()) throw new CaseFolderError(`${this.#folder} is not a folder.`);
  }

  /** The rows of a file, or null when the file is missing. Graph's `{ "value": [...] }` is taken as well. */
  async list<Row extends z.ZodType>(name: string, row: Row): Promise<z.infer<Row>[] | null> {
    const body = await this.#json(name);
    if (body === undefined) return null;
    const collection = z.object({ value: z.array(z.unknown()) }).safeParse(body);
    const rows = collection.success ? collection.data.value : body;
    if (!Array.isArray(rows)) throw new CaseFolderError(`${name} must hold a JSON array.`);
    return rows.map((candidate: unknown, index) => {
      const parsed = row.safeParse(candidate);
      if (parsed.success) return parsed.data;
      throw new CaseFolderError(`${name}, entry ${index + 1}: ${problemsOf(parsed.error)}`);
    });
  }

  /** The rows of an exported file of that name, as JSON, one record a line, or CSV; null when there is none. */
  async records(name: string): Promise<unknown[] | null> {
    const base = name.replace(/\.json$/, '');
    for (const file of [name, `${base}.ndjson`, `${base}.jsonl`, `${base}.csv`]) {
      const text = await this.#text(file);
      if (text === undefined) continue;
      const parsed = parseRecords(text);
      if (!parsed.ok) throw new CaseFolderError(`${file}: ${parsed.reason}`);
      return parsed.rows;
    }
    return null;
  }

  async required<Row extends z.ZodType>(name: string, row: Row): Promise<z.infer<Row>[]> {
    const rows = await this.list(name, row);
    if (rows) return rows;
    throw new CaseFolderError(
      `There is no ${name} in ${this.#folder}: a case needs the users before and after.`,
    );
  }

  /** Both states of something, or null: one state alone would look as if everything came or went. */
  async pair<Row extends z.ZodType>(
    name: string,
    row: Row,
  ): Promise<{ before: z.infer<Row>[]; after: z.infer<Row>[] } | null> {
    const before = await this.list(`${name}.before.json`, row);
    const after = await this.list(`${name}.after.json`, row);
    return before && after ? { before, after } : null;
  }

  /** `case.json`; without it the records say when the two reads were. */
  async caseFile(events: readonly AuditEvent[]): Promise<CaseFile> {
    const body = await this.#json('case.json');
    if (body === undefined) {
      const times = events.map(({ at }) => at).sort((a, b) => a - b);
      const observedAt = { before: times[0] ?? 0, after: times.at(-1) ?? 0 };
      return { title: '', observedAt, coverage: [], auditingEnabled: true };
    }
    const parsed = CaseFile.safeParse(body);
    if (!parsed.success) throw new CaseFolderError(`case.json: ${problemsOf(parsed.error)}`);
    if (parsed.data.observedAt.before > parsed.data.observedAt.after) {
      throw new CaseFolderError('case.json: observedAt.before lies after observedAt.after.');
    }
    return parsed.data;
  }

  async #json(name: string): Promise<unknown> {
    const text = await this.#text(name);
    if (text === undefined) return undefined;
    try {
      return JSON.parse(text.replace(/^\uFEFF/, ''));
    } catch (error) {
      throw new CaseFolderError(`${name} is not valid JSON.`, { cause: error });
    }
  }

  async #text(name: string): Promise<string | undefined> {
    try {
      return await readFile(path.join(this.#folder, name), 'utf8');
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : null;
      if (code === 'ENOENT') return undefined;
      throw new CaseFolderError(`${name} cannot be read (${code}).`, { cause: error });
    }
  }
}

const problemsOf = (error: z.ZodError): string =>
  error.issues
    .map(({ path: at, message }) => (at.length > 0 ? `${at.join('.')}: ${message}` : message))
    .join('; ');
