import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCaseFolder } from '../../../src/cli/replay/case-folder.ts';
import { toDocument } from '../../../src/cli/replay/document.ts';
import { explainCase } from '../../../src/cli/replay/explain-case.ts';
import { differences } from '../../replay-answer.ts';

const here = import.meta.dirname;
const OWN = path.resolve(here, '../../cases');
/** The worked cases that the project was given, beside it. */
const GIVEN = path.resolve(here, '../../../../shared/cases');

const casesIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => path.join(folder, entry.name))
        .filter((found) => existsSync(path.join(found, 'expected.json')))
    : [];

if (!existsSync(GIVEN)) console.warn(`No worked cases beside the project (${GIVEN}): only our own are run.`);

describe('a recorded case is explained as its answer says', () => {
  it.each(
    [...casesIn(GIVEN), ...casesIn(path.join(GIVEN, 'field')), ...casesIn(OWN)].map((folder) => [
      path.basename(folder),
      folder,
    ]),
  )('%s', async (_name, folder) => {
    const expected: unknown = JSON.parse(readFileSync(path.join(folder, 'expected.json'), 'utf8'));
    const document: unknown = JSON.parse(
      JSON.stringify(toDocument(explainCase(await readCaseFolder(folder)))),
    );
    expect(differences(expected, document)).toEqual([]);
  });

  it('every case of our own has a title that tells it from the others', () => {
    const titles = casesIn(OWN).map(
      (folder) => JSON.parse(readFileSync(path.join(folder, 'case.json'), 'utf8')).title as string,
    );
    expect(titles.every((title) => title.length > 0)).toBe(true);
    expect(new Set(titles).size).toBe(titles.length);
  });
});
