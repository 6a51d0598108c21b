import type { z } from 'zod';
import { VARIABLES } from './variables.ts';

export type Environment = Record<string, string | undefined>;

const SECRET_NAMES: ReadonlySet<string> = new Set(VARIABLES.filter((v) => v.secret).map((v) => v.name));
const KNOWN_NAMES: ReadonlySet<string> = new Set(VARIABLES.map((v) => v.name));
const FALLBACKS: ReadonlyMap<string, string | null> = new Map(VARIABLES.map((v) => [v.name, v.fallback]));

/** What the Agents Toolkit leaves in `env/.env.*.user` when it keeps a secret for itself. */
const TOOLKIT_CIPHERTEXT = 'crypto_';

/**
 * Reads settings one at a time and notes what is wrong with each, so that all problems are told at once.
 * A value returned after a problem is only a stand-in: nobody may use it while `problems` is not empty.
 */
export class Settings {
  readonly problems: string[] = [];
  /** What does nothing, or less than is meant. */
  readonly warnings: string[] = [];
  readonly #env: Environment;

  constructor(env: Environment) {
    this.#env = env;
  }

  /** The trimmed text of a setting; null when it is missing or blank. */
  text(name: string): string | null {
    if (!KNOWN_NAMES.has(name)) throw new Error(`${name} is missing from the list of settings`);
    const value = this.#plain(name) ?? this.#plain(`SECRET_${name}`);
    if (value?.startsWith(TOOLKIT_CIPHERTEXT) && SECRET_NAMES.has(name)) {
      this.problem(
        `Set ${name} to the secret itself: the value is still encrypted, as the Agents Toolkit stores it in its .user file.`,
      );
    }
    return value;
  }

  isSet(name: string): boolean {
    return this.text(name) !== null;
  }

  /**
   * The setting as its schema reads it, or the fallback. The schema's messages complete the sentence
   * "Set PORT to …".
   */
  read<Value>(name: string, schema: z.ZodType<Value, string>, fallback: Value): Value {
    const value = this.text(name);
    if (value === null) return fallback;
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    const expected = parsed.error.issues[0]?.message ?? 'a valid value';
    const now = isShown(name) ? `; it is now "${presentable(value)}"` : '';
    this.problem(`Set ${name} to ${expected}${now}.`);
    return fallback;
  }

  /** Like `read`, with the fallback that the list of settings has. Throws where it has none that the schema takes. */
  readOrDefault<Value>(name: string, schema: z.ZodType<Value, string>): Value {
    const fallback = schema.safeParse(FALLBACKS.get(name) ?? undefined);
    if (!fallback.success) throw new Error(`${name} has no default in the list of settings`);
    return this.read(name, schema, fallback.data);
  }

  /** Like `read`, and a missing setting is a problem: "Set PORT to <what>." */
  require<Value>(name: string, what: string, schema: z.ZodType<Value, string>, standIn: Value): Value {
    if (!this.isSet(name)) this.problem(`Set ${name} to ${what}.`);
    return this.read(name, schema, standIn);
  }

  /** Notes a problem once, however often a setting is looked at. */
  problem(sentence: string): void {
    if (!this.problems.includes(sentence)) this.problems.push(sentence);
  }

  /** Notes once what stops nothing. */
  warn(sentence: string): void {
    if (!this.warnings.includes(sentence)) this.warnings.push(sentence);
  }

  #plain(name: string): string | null {
    return this.#env[name]?.trim() || null;
  }
}

/** Ids are not shown either: the usual mistake is a secret pasted in the place of an id. */
function isShown(name: string): boolean {
  return !SECRET_NAMES.has(name) && !name.endsWith('_ID');
}

/** Without the user and password of an address, and not longer than a line. */
function presentable(value: string): string {
  const safe = value.replace(/\/\/.*@/, '//…@');
  return safe.length > 80 ? `${safe.slice(0, 80)}…` : safe;
}
