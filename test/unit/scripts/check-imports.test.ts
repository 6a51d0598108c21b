import { describe, expect, it } from 'vitest';
import { importProblems } from '../../../scripts/check-imports.ts';

/** Sources that import each other: file → what it imports, as written. */
const problemsOf = (files: Record<string, readonly string[]>): string[] =>
  importProblems(
    new Map(
      Object.entries(files).map(([file, targets]) => [
        file,
        targets.map((target) => `import { x } from '${target}';`).join('\n'),
      ]),
    ),
  );

describe('the import lint refuses', () => {
  it.each<[string, Record<string, readonly string[]>, string[]]>([
    [
      'a room that another one is built on, when it imports that one',
      { 'src/domain/spend/cost.ts': ['../../storage/users/user-store.ts'] },
      ['src/domain/spend/cost.ts: domain may not import storage (src/storage/users/user-store.ts)'],
    ],
    [
      'a package outside the room that owns it',
      { 'src/jobs/scan/scan.ts': ['kysely'] },
      ['src/jobs/scan/scan.ts: only src/storage imports kysely'],
    ],
    [
      'I/O in the domain',
      { 'src/domain/license/sku.ts': ['node:fs'] },
      ['src/domain/license/sku.ts: domain does no I/O (node:fs)'],
    ],
    [
      'two folders of a room that import each other',
      {
        'src/domain/restore/plan.ts': ['./checks/seats.ts'],
        'src/domain/restore/checks/seats.ts': ['../step.ts'],
      },
      [
        'src/domain/restore/plan.ts: imports src/domain/restore/checks/seats.ts, but src/domain/restore/checks imports src/domain/restore already',
        'src/domain/restore/checks/seats.ts: imports src/domain/restore/step.ts, but src/domain/restore imports src/domain/restore/checks already',
      ],
    ],
    [
      'three folders of a room in a circle, though no two import each other',
      {
        'src/domain/license/diff.ts': ['../ports.ts'],
        'src/domain/ports.ts': ['./ports/scans.ts'],
        'src/domain/ports/scans.ts': ['../incident/incident.ts'],
        'src/domain/incident/incident.ts': ['../license/change.ts'],
      },
      [
        'src/domain/license/diff.ts: imports src/domain/ports.ts, but src/domain/ports imports src/domain/incident imports src/domain/license already',
        'src/domain/ports/scans.ts: imports src/domain/incident/incident.ts, but src/domain/incident imports src/domain/license imports src/domain/ports already',
        'src/domain/incident/incident.ts: imports src/domain/license/change.ts, but src/domain/license imports src/domain/ports imports src/domain/incident already',
      ],
    ],
  ])('%s', (_name, files, problems) => {
    expect(problemsOf(files)).toEqual(problems);
  });
});

describe('the import lint takes', () => {
  it.each<[string, Record<string, readonly string[]>]>([
    [
      'folders of a room that import each other in one direction',
      {
        'src/storage/create-store.ts': ['./users/user-store.ts', './scans/scan-store.ts'],
        'src/storage/scans/scan-store.ts': ['../users/user-store.ts', '../../domain/ports.ts'],
      },
    ],
    [
      'a file as the face of the folder with its name',
      {
        'src/domain/ports.ts': ['./ports/scans.ts'],
        'src/domain/ports/scans.ts': ['../license/sku.ts'],
        'src/domain/license/sku.ts': ['../numerals.ts'],
      },
    ],
  ])('%s', (_name, files) => {
    expect(problemsOf(files)).toEqual([]);
  });
});
