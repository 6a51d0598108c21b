import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { z } from 'zod';

const Note = z.object({ port: z.int().min(1).max(65_535) });

/** Where the bots of one user on one machine say on which port they listen. */
const folder = (): string => path.join(tmpdir(), `license-watch-${userInfo().uid}`);

/**
 * Leaves a note on which port this process listens, so that the doctor finds it whatever its settings are. Where no
 * note can be left, as on a read-only file system, it is not found by that way.
 * @returns takes the note away
 */
export async function leaveNote(port: number): Promise<() => Promise<void>> {
  const file = path.join(folder(), `${process.pid}-${port}.json`);
  try {
    await mkdir(folder(), { recursive: true, mode: 0o700 });
    await writeFile(file, JSON.stringify({ port }), { mode: 0o600 });
  } catch {
    return async () => undefined;
  }
  return () => rm(file, { force: true }).catch(() => undefined);
}

/** The ports of all notes, those of processes that have ended unseen among them. Never throws. */
export async function notedPorts(): Promise<number[]> {
  try {
    const files = (await readdir(folder())).slice(0, 50);
    const notes = await Promise.all(files.map((file) => portIn(path.join(folder(), file))));
    return [...new Set(notes.filter((port) => port !== null))];
  } catch {
    return [];
  }
}

async function portIn(file: string): Promise<number | null> {
  try {
    return Note.parse(JSON.parse(await readFile(file, 'utf8'))).port;
  } catch {
    return null;
  }
}
