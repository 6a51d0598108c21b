import { parseArgs } from 'node:util';
import { type Command, EXIT_BAD_INPUT, EXIT_OK, writeLine } from './command.ts';
import { CaseFolderError, readCaseFolder } from './replay/case-folder.ts';
import { toDocument } from './replay/document.ts';
import { explainCase } from './replay/explain-case.ts';
import { toStory } from './replay/story.ts';

const USAGE = `Usage: license-watch replay <folder> [--json]

Explains recorded files: two complete reads of a tenant (users.before.json, users.after.json) and the records
between them. Needs no network, no database and no settings.
  --json   print changes and incidents as one JSON document
Exit code 2: the folder cannot be replayed; the message says what to mend.`;

/** Diff and attribution over a case folder; prints the story, or with `--json` the document. */
export const replay: Command = {
  name: 'replay',
  summary: 'explain recorded files, without a network',
  usage: USAGE,
  async run(args, io) {
    const parsed = parseArguments(args);
    if (!parsed) {
      writeLine(io.stderr, USAGE);
      return EXIT_BAD_INPUT;
    }
    try {
      const recorded = await readCaseFolder(parsed.folder);
      for (const sentence of recorded.refused) writeLine(io.stderr, `Left out: ${sentence}`);
      const explained = explainCase(recorded);
      writeLine(
        io.stdout,
        parsed.json ? JSON.stringify(toDocument(explained), null, 1) : toStory(recorded, explained),
      );
      return EXIT_OK;
    } catch (error) {
      if (!(error instanceof CaseFolderError)) throw error;
      writeLine(io.stderr, error.message);
      return EXIT_BAD_INPUT;
    }
  },
};

function parseArguments(args: string[]): { folder: string; json: boolean } | null {
  const options = { json: { type: 'boolean' } } as const;
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [folder, ...rest] = positionals;
    return folder === undefined || rest.length > 0 ? null : { folder, json: values.json ?? false };
  } catch {
    return null;
  }
}
