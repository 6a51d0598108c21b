import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { INTENT_NAMES, type Intent } from '../src/language/facts.ts';
import { featuresOf } from '../src/language/intent/features.ts';
import { tokensOf } from '../src/language/intent/tokens.ts';
import type { Example } from '../src/language/intent/train.ts';
import { type DirectoryIndex, indexDirectory } from '../src/language/names/directory-index.ts';
import type { Directory } from '../src/language/query.ts';
import { findWords, hasQuestionMark } from '../src/language/sentence/find-words.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const TRAINING = 'src/language/training/*.jsonl';
/** Sentences whose whole query is tested; those of the tricky directory are kept back. */
const TESTED = 'test/unit/language/utterances.*.jsonl';
const KEPT_BACK = /utterances\.tricky\./;

const Line = z.object({
  text: z.string(),
  language: z.string().optional(),
  theme: z.string().optional(),
  intent: z.enum(INTENT_NAMES).optional(),
  query: z.object({ intent: z.enum(INTENT_NAMES) }).optional(),
});

/** A sentence to learn from. Sentences of one theme say one thing in several ways. */
export type TrainingSentence = {
  text: string;
  intent: Intent;
  language: string;
  theme: string | null;
  from: string;
};

/**
 * Reads the sentences to learn from, each once: `src/language/training/<name>.<language>.jsonl`, and those whose
 * whole query the tests hold.
 */
export function trainingSentences(): TrainingSentence[] {
  const seen = new Map<string, TrainingSentence>();
  for (const file of [...globSync(TRAINING, { cwd: root }), ...globSync(TESTED, { cwd: root })].sort()) {
    if (KEPT_BACK.test(file)) continue;
    const named = path.basename(file, '.jsonl').split('.').at(-1) ?? '';
    for (const line of readFileSync(path.join(root, file), 'utf8').trim().split('\n')) {
      const { text, language, theme, intent, query } = Line.parse(JSON.parse(line));
      const label = intent ?? query?.intent;
      if (!label) throw new Error(`${file}: no intent in ${line}`);
      const key = text.toLowerCase();
      if (seen.has(key)) continue;
      const code = language ?? (named.length === 2 ? named : 'en');
      seen.set(key, { text, intent: label, language: code, theme: theme ?? null, from: file });
    }
  }
  return [...seen.values()];
}

const Tenant = z.object({
  now: z.iso.datetime(),
  users: z.array(
    z.object({
      id: z.string(),
      displayName: z.string(),
      givenName: z.string().nullable(),
      surname: z.string().nullable(),
      userPrincipalName: z.string(),
      mail: z.string().nullable(),
      department: z.string().nullable(),
      formerNames: z.array(z.string()),
    }),
  ),
  skus: z.array(z.object({ skuId: z.string(), skuPartNumber: z.string(), displayName: z.string() })),
  groups: z.array(z.object({ id: z.string(), displayName: z.string() })),
});

/** The tenant that the sentences are about: its names are read as names, so that no model learns them. */
export function trainingTenant(): { directory: Directory; index: DirectoryIndex; now: number } {
  const file = path.join(root, 'test/unit/language/directory.json');
  const { now, users, skus, groups } = Tenant.parse(JSON.parse(readFileSync(file, 'utf8')));
  const products = skus.map(({ skuId, skuPartNumber, displayName }) => ({
    skuId,
    partNumber: skuPartNumber,
    displayName,
  }));
  const departments = [...new Set(users.flatMap(({ department }) => department ?? []))];
  const directory = { people: users, skus: products, groups, departments };
  return { directory, index: indexDirectory(directory), now: Date.parse(now) };
}

/** What each sentence shows to the model, in the order of the sentences. */
export function examplesOf(sentences: readonly TrainingSentence[]): Example[] {
  const { index, now } = trainingTenant();
  const clock = { now, timeZone: 'UTC' };
  return sentences.map(({ text, intent }) => ({
    intent,
    features: featuresOf(tokensOf(findWords(text, clock, index)), hasQuestionMark(text)),
  }));
}

/** SHA-256 of what the model learns from. */
export function digestOf(examples: readonly Example[]): string {
  const hash = createHash('sha256');
  for (const { intent, features } of examples) hash.update(`${intent}\t${features.join('\t')}\n`);
  return hash.digest('hex');
}
