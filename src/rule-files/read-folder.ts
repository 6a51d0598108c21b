import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';

/** A file with rules, by how it is called in what is said about it. */
export type RuleFile = { file: string; text: string };

/** What a folder holds, in the order of the names; a file that was not read stands among `unread`. */
export type FolderContents = {
  files: RuleFile[];
  /** `values.yml` at the top of the folder: what placeholders stand for. */
  values: RuleFile | null;
  unread: { file: string; message: string }[];
};

/** A rule has some kilobytes. */
export const MOST_FILE_BYTES = 256 * 1024;
/** All rules that SigmaHQ has are a third of this. */
const MOST_FILES = 10_000;
const MOST_DEPTH = 20;

/**
 * Reads the YAML files of a folder and of those in it; a path to one file reads that. Hidden folders are left out.
 * Never throws: a folder that cannot be read is a problem like a file that cannot.
 */
export async function readFolder(root: string): Promise<FolderContents> {
  const { found, unread } = await filesOf(root);
  const contents: FolderContents = { files: [], values: null, unread };
  for (const file of found) {
    const text = await readText(file, contents);
    if (text === null) continue;
    const isValues =
      /^values\.ya?ml$/i.test(path.basename(file)) && path.dirname(file) === path.normalize(root);
    if (isValues) contents.values = { file, text };
    else contents.files.push({ file, text });
  }
  return contents;
}

/** The YAML files of a folder and of those in it, in the order of their names, and what could not be looked at. */
export async function filesOf(root: string): Promise<{ found: string[]; unread: FolderContents['unread'] }> {
  const found: string[] = [];
  const unread: FolderContents['unread'] = [];
  await collectFiles(root, found, unread, new Set(), 0);
  if (found.length > MOST_FILES) {
    unread.push({
      file: root,
      message: `The folder has more than ${MOST_FILES} files; the others are left out.`,
    });
  }
  return { found: found.slice(0, MOST_FILES), unread };
}

async function collectFiles(
  place: string,
  found: string[],
  unread: FolderContents['unread'],
  seen: Set<string>,
  depth: number,
): Promise<void> {
  if (found.length > MOST_FILES || depth > MOST_DEPTH) return;
  try {
    const stats = await stat(place);
    if (stats.isFile()) {
      // The root may be one file, whatever its name.
      if (depth === 0 || /\.ya?ml$/i.test(place)) found.push(path.normalize(place));
      return;
    }
    if (!stats.isDirectory()) return;
    // A link may lead back to where it stands.
    const real = await realpath(place);
    if (seen.has(real)) return;
    seen.add(real);
    for (const name of (await readdir(place)).sort()) {
      if (!name.startsWith('.')) await collectFiles(path.join(place, name), found, unread, seen, depth + 1);
    }
  } catch (error) {
    unread.push({ file: place, message: `It cannot be read (${codeOf(error)}).` });
  }
}

async function readText(file: string, contents: FolderContents): Promise<string | null> {
  try {
    const { size } = await stat(file);
    if (size <= MOST_FILE_BYTES) return await readFile(file, 'utf8');
    contents.unread.push({ file, message: 'The file is larger than 256 KB.' });
  } catch (error) {
    contents.unread.push({ file, message: `It cannot be read (${codeOf(error)}).` });
  }
  return null;
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'no reason given';
