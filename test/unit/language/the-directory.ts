import { readFileSync } from 'node:fs';
import { understand } from '../../../src/language/conversation/understand.ts';
import { indexDirectory } from '../../../src/language/names/directory-index.ts';
import type {
  Directory,
  DirectoryGroup,
  DirectoryPerson,
  Intent,
  Query,
} from '../../../src/language/query.ts';

type Raw = {
  now: string;
  users: DirectoryPerson[];
  skus: { skuId: string; skuPartNumber: string; displayName: string }[];
  groups: DirectoryGroup[];
};

/** A tenant that sentences are about, with what a test asks of it. */
export type Tenant = {
  directory: Directory;
  /** ms UTC. */
  now: number;
  read(text: string, setting?: Setting): Query;
  /** A query with short names for ids and ISO times, sorted, for tests to compare. */
  told(query: Query): Told;
};

type Setting = { timeZone?: string; asker?: string | null; previous?: Query | null; intent?: Intent };
type Told = Omit<Query, 'range'> & { range: string | null };

/** Reads one of the tenants that lie beside this file. */
function tenantFrom(file: string): Tenant {
  const raw: Raw = JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'));
  const directory: Directory = {
    people: raw.users,
    skus: raw.skus.map(({ skuId, skuPartNumber, displayName }) => ({
      skuId,
      partNumber: skuPartNumber,
      displayName,
    })),
    groups: raw.groups,
  };
  const now = Date.parse(raw.now);
  const index = indexDirectory(directory);
  const names = new Map([
    ...directory.people.map((person) => [person.id, person.userPrincipalName.split('@')[0] ?? ''] as const),
    ...directory.skus.map((sku) => [sku.skuId, sku.partNumber] as const),
    ...directory.groups.map((group) => [group.id, group.displayName] as const),
  ]);
  const named = (ids: readonly string[]): string[] => ids.map((id) => names.get(id) ?? id).sort();
  return {
    directory,
    now,
    read: (text, { timeZone = 'UTC', asker = null, previous = null, ...chosen } = {}) =>
      understand(text, { directory, now, timeZone, asker, previous, ...chosen }, index),
    told: ({ intent, people, skus, groups, range, days, unresolved }) => ({
      intent,
      people: named(people),
      skus: named(skus),
      groups: named(groups),
      range: range && `${iso(range.from)} ${iso(range.to)}`,
      days,
      unresolved: unresolved.map((text) => text.toLowerCase()).sort(),
    }),
  };
}

const iso = (at: number): string => new Date(at).toISOString().replace('.000Z', 'Z');

/** The small tenant that most sentences are about: Monday 23 November 2026, 10:30 UTC. */
const SMALL = tenantFrom('directory.json');
/** People with names that are also words: months, verbs, products. */
const TRICKY = tenantFrom('directory.tricky.json');

export const SMALL_TENANT = SMALL;
export const { directory: DIRECTORY, now: NOW, read, told } = SMALL;

export const personId = (alias: string): string =>
  DIRECTORY.people.find((person) => person.userPrincipalName.startsWith(`${alias}@`))?.id ?? alias;

/** A sentence with the query it must become, as `utterances.*.jsonl` hold them. */
export type Labelled = {
  text: string;
  /** ISO 639-1; English where it is missing. */
  language?: string;
  query: Omit<Query, 'range'> & { range: { from: string; to: string } | null };
};

/** A set of labelled sentences and the tenant they are about. */
export type SentenceSet = { file: string; tenant: Tenant; sentences: Labelled[] };

/** Reads the set in `utterances.<name>.jsonl` beside this file. */
export function sentenceSet(name: string): SentenceSet {
  const file = `utterances.${name}.jsonl`;
  const sentences = readFileSync(new URL(file, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line): Labelled => JSON.parse(line));
  return { file, tenant: name.startsWith('tricky') ? TRICKY : SMALL, sentences };
}

/** What a sentence became and what it should have become, to compare. */
export function readAndWanted({ text, query }: Labelled, { read, told }: Tenant): { got: Told; want: Told } {
  const range = query.range && { from: Date.parse(query.range.from), to: Date.parse(query.range.to) };
  return { got: told(read(text)), want: told({ ...query, range }) };
}
