import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Lines } from '../../answers/export/lines.ts';
import type { UploadSource } from '../../domain/ports.ts';

export type WrittenFile = UploadSource & { rows: number };

/**
 * Writes the parts of a file where only this process's user can read them, lets it be used, and removes it,
 * whatever happened. An upload has to say its size first, and memory does not hold every file.
 * @returns what `use` returns
 */
export async function withTemporaryFile<Result>(
  lines: AsyncIterable<Lines>,
  signal: AbortSignal,
  use: (file: WrittenFile) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(path.join(tmpdir(), 'license-watch-export-'));
  try {
    const file = await open(path.join(folder, 'export'), 'wx+', 0o600);
    try {
      let rows = 0;
      let size = 0;
      for await (const part of lines) {
        signal.throwIfAborted();
        const bytes = Buffer.from(part.text);
        await file.write(bytes);
        size += bytes.length;
        rows += part.rows;
      }
      const part = async (from: number, to: number): Promise<Uint8Array> => {
        const bytes = Buffer.alloc(to - from);
        const { bytesRead } = await file.read(bytes, 0, bytes.length, from);
        return bytes.subarray(0, bytesRead);
      };
      return await use({ rows, size, part });
    } finally {
      await file.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The rows and bytes that a file would have; nothing of it is kept. */
export async function measure(
  lines: AsyncIterable<Lines>,
  signal: AbortSignal,
): Promise<{ rows: number; bytes: number }> {
  const sum = { rows: 0, bytes: 0 };
  for await (const { text, rows } of lines) {
    signal.throwIfAborted();
    sum.rows += rows;
    sum.bytes += Buffer.byteLength(text);
  }
  return sum;
}
