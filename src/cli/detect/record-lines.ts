import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';

/** A line with its number, counted from 1; null in place of one that is longer than the limit. */
export type NumberedLine = { number: number; text: string | null };

/** Records of 10 MB have been seen; what is longer is no record. */
export const MOST_LINE_CHARS = 64 * 1024 * 1024;

/** Reads a file line by line, however long it is; empty lines are left out. `-` is the standard input. */
export async function* linesOf(
  file: string,
  stdin: Readable,
  limit = MOST_LINE_CHARS,
): AsyncGenerator<NumberedLine> {
  const stream = file === '-' ? stdin : createReadStream(file);
  stream.setEncoding('utf8');
  let number = 0;
  let parts: string[] = [];
  let length = 0;
  const finished = (): NumberedLine | null => {
    const text = length > limit ? null : parts.join('').replace(/^\uFEFF/, '');
    parts = [];
    length = 0;
    number++;
    return text !== null && text.trim() === '' ? null : { number, text };
  };
  for await (const chunk of stream as AsyncIterable<string>) {
    let from = 0;
    for (let end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', from)) {
      length += end - from;
      if (length <= limit) parts.push(chunk.slice(from, end));
      from = end + 1;
      const line = finished();
      if (line) yield line;
    }
    length += chunk.length - from;
    if (length <= limit) parts.push(chunk.slice(from));
    else parts = [];
  }
  const last = length > 0 ? finished() : null;
  if (last) yield last;
}
