import { RE2JS, RE2JSException } from 're2js';
import type { Labels } from './labels.ts';

/** One condition about one label. Upper and lower case are the same; a missing label is the empty text. */
export type Matcher = {
  label: string;
  /** Whether it is met where the label is not so. */
  not: boolean;
  /** Any of these values, lower case; null where `pattern` says it. */
  values: readonly string[] | null;
  /** A whole value, by RE2: in linear time whatever the text. */
  pattern: { source: string; test(value: string): boolean } | null;
};

/** Matchers, or why there are none, in a sentence without a capital. */
export type Read<Value> = { ok: true; value: Value } | { ok: false; problem: string };

export const anyOf = (label: string, values: readonly string[], not = false): Matcher => ({
  label: label.toLowerCase(),
  not,
  values: values.map((value) => value.trim().toLowerCase()),
  pattern: null,
});

/** A regular expression that the whole value has to match, as in Alertmanager. */
export function likeThis(label: string, source: string, not = false): Read<Matcher> {
  try {
    const compiled = RE2JS.compile(`^(?:${source})$`, RE2JS.CASE_INSENSITIVE);
    const test = (value: string): boolean => compiled.matcher(value).find();
    return { ok: true, value: { label: label.toLowerCase(), not, values: null, pattern: { source, test } } };
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    return {
      ok: false,
      problem: `“${source}” is no regular expression that I can use: ${error.message.replace(/^error parsing regexp: /, '')}`,
    };
  }
}

/** Whether the labels meet a condition; of a label with several values any one counts. */
export function isMet({ label, not, values, pattern }: Matcher, labels: Labels): boolean {
  const found = labels[label] ?? '';
  const all = typeof found === 'string' ? [found] : found.length === 0 ? [''] : found;
  const meets = all.some((value) => values?.includes(value.toLowerCase()) ?? pattern?.test(value) ?? false);
  return meets !== not;
}

const ONE =
  /\s*([A-Za-z][\w.-]*)\s*(=~|!~|!=|=)\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([^,{}"'\s][^,{}"']*))\s*(,|$)/y;

/** Reads conditions as Alertmanager writes them: `class="roles", level=~"high|critical", actor!="lee@contoso.com"`. */
export function readMatchers(text: string): Read<Matcher[]> {
  const inside = text.trim().replace(/^\{(.*)\}$/s, '$1');
  const matchers: Matcher[] = [];
  ONE.lastIndex = 0;
  while (ONE.lastIndex < inside.length) {
    const from = ONE.lastIndex;
    const [, label = '', operator = '', quoted, single, bare] = ONE.exec(inside) ?? [];
    if (label === '') {
      return {
        ok: false,
        problem: `“${inside.slice(from).trim()}” is no condition: write it as class=roles, level!="low" or class=~"roles|groups"`,
      };
    }
    const value = quoted?.replace(/\\(.)/g, '$1') ?? single ?? bare?.trim() ?? '';
    const not = operator.startsWith('!');
    if (operator.endsWith('~')) {
      const read = likeThis(label, quoted === undefined ? value : quoted.replaceAll('\\"', '"'), not);
      if (!read.ok) return read;
      matchers.push(read.value);
    } else matchers.push(anyOf(label, [value], not));
  }
  return { ok: true, value: matchers };
}
