/** Pieces of this size are strings that live and die among the collector's young objects; a whole page is not. */
const PIECE_BYTES = 40_000;

const COMMA = ','.charCodeAt(0);
const OPENING = '['.charCodeAt(0);
const CLOSING = ']'.charCodeAt(0);

/**
 * Parses the rows of a page a piece at a time, for two thirds of what it costs to make one text of the page and
 * parse that.
 * @param begin where the first row begins, behind the bracket of `"value":[`
 * @returns null for a page that cannot be cut so: parse it as a whole, which also tells what is wrong with it.
 * Throws what `read` throws.
 */
export function pageRows<Row>(bytes: Buffer, begin: number, read: (row: unknown) => Row): Row[] | null {
  const end = bytes.lastIndexOf(CLOSING);
  const cut = cutBetweenRows(bytes, begin);
  if (cut === null || bytes.toString('latin1', end + 1).trim() !== '}') return null;
  const rows: Row[] = [];
  for (let from = begin; from < end; ) {
    const found = bytes.indexOf(cut, Math.min(from + PIECE_BYTES, end));
    const to = found < 0 ? end : found + 1;
    const piece = parsed(listOf(bytes, from, to));
    if (piece === null) return null;
    for (const row of piece) rows.push(read(row));
    from = to + 1;
  }
  return rows;
}

/**
 * What stands between two rows: the end of one, and the beginning of the next up to its first name. It cannot
 * stand inside of a text, where a quote is escaped; and a piece that was cut within a row is no JSON.
 */
function cutBetweenRows(bytes: Buffer, begin: number): Buffer | null {
  const beginning = /^\{"\w+":/.exec(bytes.toString('latin1', begin, begin + 100))?.[0];
  return beginning === undefined ? null : Buffer.from(`},${beginning}`);
}

/** The rows from `from` up to the comma or bracket at `to`, as the text of a list. */
function listOf(bytes: Buffer, from: number, to: number): string {
  const behind = bytes[to] ?? COMMA;
  const before = bytes[from - 1] ?? COMMA;
  bytes[from - 1] = OPENING;
  bytes[to] = CLOSING;
  const text = bytes.toString('utf8', from - 1, to + 1);
  bytes[from - 1] = before;
  bytes[to] = behind;
  return text;
}

function parsed(text: string): unknown[] | null {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list : null;
  } catch {
    return null;
  }
}
