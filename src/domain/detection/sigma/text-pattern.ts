/** A piece of a pattern: text, `*` for any text, `?` for one character. */
export type Token = { kind: 'text'; text: string } | { kind: 'any' } | { kind: 'one' };

/** Where a pattern stands in a value. */
export type Position = 'whole' | 'contains' | 'startswith' | 'endswith';

/**
 * Reads Sigma's wildcards and escapes: `\*`, `\?` and `\\` stand for the character; a backslash before anything else
 * is one.
 * @see https://sigmahq.io/docs/basics/rules.html#escaping
 */
export function parsePattern(source: string): Token[] {
  const tokens: Token[] = [];
  let text = '';
  const flush = (): void => {
    if (text !== '') tokens.push({ kind: 'text', text });
    text = '';
  };
  for (let at = 0; at < source.length; at++) {
    const char = source[at] ?? '';
    const next = source[at + 1] ?? '';
    if (char === '\\' && (next === '*' || next === '?' || next === '\\')) {
      text += next;
      at++;
    } else if (char === '*') {
      flush();
      if (tokens.at(-1)?.kind !== 'any') tokens.push({ kind: 'any' });
    } else if (char === '?') {
      flush();
      tokens.push({ kind: 'one' });
    } else text += char;
  }
  flush();
  return tokens;
}

/** Puts a pattern into its position, as wildcards around it. */
export function positioned(tokens: readonly Token[], position: Position): Token[] {
  const before = position === 'contains' || position === 'endswith';
  const after = position === 'contains' || position === 'startswith';
  const all: Token[] = [
    ...(before ? [{ kind: 'any' as const }] : []),
    ...tokens,
    ...(after ? [{ kind: 'any' as const }] : []),
  ];
  return all.filter((token, index) => token.kind !== 'any' || all[index - 1]?.kind !== 'any');
}

/** The text of a pattern without wildcards; null where it has some. */
export function literalOf(tokens: readonly Token[]): string | null {
  if (tokens.length === 0) return '';
  const [only] = tokens;
  return tokens.length === 1 && only?.kind === 'text' ? only.text : null;
}

/**
 * Makes a test of a whole text. Pieces between two `*` are looked for from left to right, each once: time grows with
 * the length of the text times that of the longest piece at worst, never with combinations.
 */
export function textTest(tokens: readonly Token[]): (text: string) => boolean {
  const literal = literalOf(tokens);
  if (literal !== null) return (text) => text === literal;
  const pieces = piecesOf(tokens);
  const [first, ...others] = pieces;
  const last = others.pop();
  if (!first) return () => true;
  if (!last) return (text) => text.length === first.length && first.fitsAt(text, 0);
  return (text) => {
    if (text.length < first.length + last.length || !first.fitsAt(text, 0)) return false;
    const end = text.length - last.length;
    if (!last.fitsAt(text, end)) return false;
    let at = first.length;
    for (const piece of others) {
      const found = piece.findFrom(text, at, end);
      if (found < 0) return false;
      at = found + piece.length;
    }
    return at <= end;
  };
}

type Piece = {
  length: number;
  fitsAt(text: string, at: number): boolean;
  /** Where it stands first, wholly between two positions; -1 when nowhere. */
  findFrom(text: string, from: number, to: number): number;
};

/** What stands between the `*` of a pattern, with an empty piece where it begins or ends with one. */
function piecesOf(tokens: readonly Token[]): Piece[] {
  const runs: Token[][] = [[]];
  for (const token of tokens) {
    if (token.kind === 'any') runs.push([]);
    else runs.at(-1)?.push(token);
  }
  return runs.map(pieceOf);
}

function pieceOf(run: readonly Token[]): Piece {
  const literal = literalOf(run);
  if (literal !== null) {
    return {
      length: literal.length,
      fitsAt: (text, at) => text.startsWith(literal, at),
      findFrom(text, from, to) {
        const found = text.indexOf(literal, from);
        return found >= 0 && found + literal.length <= to ? found : -1;
      },
    };
  }
  const chars = run.flatMap((token) => (token.kind === 'text' ? token.text.split('') : [null]));
  const fitsAt = (text: string, at: number): boolean =>
    chars.every((char, index) => char === null || text[at + index] === char);
  return {
    length: chars.length,
    fitsAt,
    findFrom(text, from, to) {
      for (let at = from; at + chars.length <= to; at++) if (fitsAt(text, at)) return at;
      return -1;
    },
  };
}
