import type { Finding } from '../../../../src/domain/doctor/finding.ts';
import { databaseFindings } from '../../../../src/domain/doctor/judge-machine.ts';

const MB = 1024 * 1024;

/** What is found of a database on a disk with so many free megabytes of so many. */
export const diskOf = (free: number, total: number): Finding | undefined =>
  databaseFindings(
    {
      place: '/data/license-watch.db',
      kind: 'sqlite',
      reach: { state: 'answers' },
      write: { ok: true, detail: '' },
      migrations: { pending: 0, unknown: [] },
      disk: { free: free * MB, total: total * MB },
    },
    null,
    null,
    null,
  ).find(({ check }) => check === 'database.disk');
