import type { PersonNames, Pseudonym } from './names.ts';

/** Finds one person's names in stored texts, and puts a pseudonym in their place. */
export type Mentions = {
  /** Whether a text names the person. */
  in(text: string): boolean;
  /** The same by id, address or chat alone: a display name may be another's, too. */
  surelyIn(text: string): boolean;
  /** The text with the pseudonym; JSON stays JSON, and what names nobody stays to the letter. */
  replaced(text: string): string;
  /** Letters and digits of which each text that names the person has some; null where nothing narrows a search. */
  probes: readonly string[] | null;
};

type Pattern = { found: RegExp; by: (pseudonym: Pseudonym) => string; sure: boolean };

/** An address begins where no other goes on: Entra puts the id, without its dashes, before that of a deleted account. */
const BEGINS = String.raw`(?:(?<=%[\da-f]{2})|(?<=[\da-f]{32})|(?<![\p{L}\p{N}._+-]|[\p{L}\p{N}]'))`;
const ENDS = String.raw`(?![\p{L}\p{N}_-])(?!\.[\p{L}\p{N}])`;
/** Shorter runs of letters and digits are in nearly every text. */
const MIN_PROBE = 3;

/**
 * @param pseudonym what `replaced` puts in place of names
 */
export function mentionsOf(names: PersonNames, pseudonym: Pseudonym): Mentions {
  const patterns = patternsOf(names);
  const has = (text: string, those: readonly Pattern[]) => {
    const plain = unescaped(text);
    return those.some(({ found }) => plain.search(found) >= 0);
  };
  const inPlain = (text: string) =>
    patterns.reduce((done, { found, by }) => done.replace(found, by(pseudonym)), text);
  return {
    in: (text) => has(text, patterns),
    surelyIn: (text) =>
      has(
        text,
        patterns.filter(({ sure }) => sure),
      ),
    replaced: (text) => replacedIn(text, inPlain, nameOnly(names, pseudonym)),
    probes: probesOf(names),
  };
}

function patternsOf({ id, addresses, written, chats }: PersonNames): Pattern[] {
  const ids: Pattern[] =
    id === null
      ? []
      : [
          {
            found: new RegExp(`(?<![\\da-f])${escaped(id)}(?![\\da-f])`, 'giu'),
            by: (p) => p.id,
            sure: true,
          },
          {
            found: new RegExp(`(?<![\\da-f])${id.replaceAll('-', '')}(?![\\da-f])`, 'giu'),
            by: (p) => p.id.replaceAll('-', ''),
            sure: true,
          },
        ];
  // The longest first: one address may be a part of another.
  const byLength = [...addresses].sort((one, other) => other.length - one.length);
  return [
    ...byLength.map((address) => ({
      found: new RegExp(`${BEGINS}${spelled(address)}${ENDS}`, 'giu'),
      by: (p: Pseudonym) => p.address,
      sure: true,
    })),
    // A personal site of OneDrive is named after the address.
    ...byLength.map((address) => ({
      found: new RegExp(
        `(?<=/personal/)${escaped(address.replace(/[^\p{L}\p{N}]/gu, '_'))}(?![\\p{L}\\p{N}_])`,
        'giu',
      ),
      by: (p: Pseudonym) => p.address.replace(/[^a-z\d]/g, '_'),
      sure: true,
    })),
    ...chats.map((chat) => ({
      found: new RegExp(`${escaped(chat)}(?![\\p{L}\\p{N}_-])`, 'giu'),
      by: (p: Pseudonym) => p.chat,
      sure: true,
    })),
    ...ids,
    ...written.map((name) => ({
      found: new RegExp(`(?<![\\p{L}\\p{N}])${escaped(name)}(?![\\p{L}\\p{N}])`, 'gu'),
      by: (p: Pseudonym) => p.written,
      sure: false,
    })),
  ];
}

/** Replaces in a text, or in every text within a JSON text, also in JSON that is written in one of them. */
function replacedIn(text: string, plain: (text: string) => string, alone: (text: string) => string): string {
  if (/^\s*[[{"]/.test(text)) {
    const value = parsed(text);
    if (value !== undefined) {
      const changed = walked(value, (inner) => replacedIn(inner, plain, alone), plain);
      const after = JSON.stringify(changed);
      return after === JSON.stringify(value) ? text : after;
    }
  }
  return plain(alone(text));
}

function walked(value: unknown, ofText: (text: string) => string, ofKey: (key: string) => string): unknown {
  if (typeof value === 'string') return ofText(value);
  if (Array.isArray(value)) return value.map((item) => walked(item, ofText, ofKey));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [ofKey(key), walked(inner, ofText, ofKey)]),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A whole text that is a display name with other spaces or letters of another size. */
function nameOnly({ written }: PersonNames, pseudonym: Pseudonym): (text: string) => string {
  const folded = (text: string) => text.trim().replace(/\s+/g, ' ').toLowerCase();
  const known = new Set(written.map(folded));
  return (text) => (known.has(folded(text)) ? pseudonym.written : text);
}

/** JSON’s and URLs’ ways to write a character, written out, so that a border of a name is one. */
const unescaped = (text: string): string =>
  text
    .replace(/\\+u([\da-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\\+["'/]/g, (found) => found.at(-1) ?? '')
    .replace(/\\+[nrtbf]/g, ' ');

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

const spelled = (address: string): string =>
  escaped(address).replace('@', '(?:@|%40)').replaceAll("'", "(?:'|%27|&#39;)").replaceAll('#', '(?:#|%23)');

function probesOf({ id, addresses, written, chats }: PersonNames): string[] | null {
  const hex = id === null ? [] : [id, id.replaceAll('-', '')];
  const locals = addresses.map((address) => longestRun(address.split('@')[0] ?? ''));
  const others = [...written, ...chats].map(longestRun);
  const probes = [...locals, ...others];
  if (probes.some((probe) => probe.length < MIN_PROBE)) return null;
  return [...new Set([...hex, ...probes])];
}

const longestRun = (text: string): string =>
  (text.match(/[a-z\d]+/gi) ?? []).reduce(
    (longest, run) => (run.length > longest.length ? run : longest),
    '',
  );
