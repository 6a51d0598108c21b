import { readFileSync } from 'node:fs';
import { indexDirectory } from '../../../src/language/directory-index.ts';
import type { Directory, DirectoryGroup, DirectoryPerson, Query } from '../../../src/language/query.ts';
import { understand } from '../../../src/language/understand.ts';

type Raw = {
  now: string;
  users: DirectoryPerson[];
  skus: { skuId: string; skuPartNumber: string; displayName: string }[];
  groups: DirectoryGroup[];
};

const raw: Raw = JSON.parse(readFileSync(new URL('directory.json', import.meta.url), 'utf8'));

/** The small tenant that the sentences are about: Monday 23 November 2026, 10:30 UTC. */
export const DIRECTORY: Directory = {
  people: raw.users,
  skus: raw.skus.map(({ skuId, skuPartNumber, displayName }) => ({
    skuId,
    partNumber: skuPartNumber,
    displayName,
  })),
  groups: raw.groups,
};
export const NOW = Date.parse(raw.now);

const INDEX = indexDirectory(DIRECTORY);
const NAMES = new Map([
  ...DIRECTORY.people.map((person) => [person.id, person.userPrincipalName.split('@')[0] ?? ''] as const),
  ...DIRECTORY.skus.map((sku) => [sku.skuId, sku.partNumber] as const),
  ...DIRECTORY.groups.map((group) => [group.id, group.displayName] as const),
]);

type Setting = { timeZone?: string; asker?: string | null };

export const read = (text: string, { timeZone = 'UTC', asker = null }: Setting = {}): Query =>
  understand(text, { directory: DIRECTORY, now: NOW, timeZone, asker }, INDEX);

const iso = (at: number): string => new Date(at).toISOString().replace('.000Z', 'Z');

/** A query with short names for ids and ISO times, sorted, for tests to compare. */
export const told = (query: Query) => ({
  intent: query.intent,
  people: named(query.people),
  skus: named(query.skus),
  groups: named(query.groups),
  range: query.range && `${iso(query.range.from)} ${iso(query.range.to)}`,
  days: query.days,
  unresolved: query.unresolved.map((text) => text.toLowerCase()).sort(),
});

const named = (ids: readonly string[]): string[] => ids.map((id) => NAMES.get(id) ?? id).sort();

export const personId = (alias: string): string =>
  DIRECTORY.people.find((person) => person.userPrincipalName.startsWith(`${alias}@`))?.id ?? alias;
