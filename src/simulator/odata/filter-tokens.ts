import { unsupportedQuery } from './options.ts';

export type Token =
  | { kind: 'name'; text: string }
  | { kind: 'text'; text: string }
  | { kind: 'sign'; text: '(' | ')' | ',' | ':' };

const PATTERN = /\s*(?:'((?:[^']|'')*)'|([(),]|:(?!\d))|([^\s'(),:]+(?::\d[^\s'(),]*)?))/y;

/** Cuts a `$filter` into names, quoted texts and signs. A colon within a time belongs to the time. */
export function filterTokens(filter: string): Token[] {
  const tokens: Token[] = [];
  PATTERN.lastIndex = 0;
  const text = filter.trimEnd();
  while (PATTERN.lastIndex < text.length) {
    const match = PATTERN.exec(text);
    if (!match) throw unsupportedQuery('Invalid filter clause');
    const [, quoted, sign, name] = match;
    if (quoted !== undefined) tokens.push({ kind: 'text', text: quoted.replaceAll("''", "'") });
    else if (sign === '(' || sign === ')' || sign === ',' || sign === ':')
      tokens.push({ kind: 'sign', text: sign });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name });
  }
  return tokens;
}
