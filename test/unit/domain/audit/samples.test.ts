/** Recorded events of real tenants, read where they lie beside the project; none of them is ours to keep. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { normaliseActivityRecord } from '../../../../src/domain/audit/activity-record.ts';
import { normaliseDirectoryAudit } from '../../../../src/domain/audit/directory-audit.ts';
import type { Normalised } from '../../../../src/domain/audit/normalised.ts';

const folder = path.resolve(import.meta.dirname, '../../../../../shared/samples');
const present = existsSync(folder);
if (!present) console.warn(`No recorded events beside the project (${folder}): their suite is skipped.`);

type Line = { file: string; record: Record<string, unknown> };

function* recorded(): Generator<Line> {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!/\.(log|ndjson)$/.test(name)) continue;
    for (const line of readFileSync(path.join(folder, name), 'utf8').split('\n')) {
      if (line.trim() !== '') yield { file: name, record: JSON.parse(line) };
    }
  }
}

/** The record inside whatever the publishing project wrapped around it, taken by the reader of its source. */
function take({ record }: Line): Normalised {
  const body = (record.event ?? record.office365 ?? record) as Record<string, unknown>;
  const fromGraph = 'properties' in body || 'createdDateTime' in body;
  return fromGraph ? normaliseDirectoryAudit(body) : normaliseActivityRecord(body);
}

const isWindowsEvent = ({ record }: Line): boolean =>
  JSON.stringify(record.logTypes ?? '').includes('Windows');

describe.runIf(present)('recorded audit events', () => {
  test('every Microsoft 365 record is taken', () => {
    const refused = [...recorded()]
      .filter((line) => !isWindowsEvent(line))
      .flatMap((line) => {
        const taken = take(line);
        return taken.ok ? [] : [`${line.file}: ${taken.reason}`];
      });
    expect(refused).toEqual([]);
  });

  test('every recorded license change names its user, its actor and, where logged, the licenses', () => {
    const changes = [...recorded()]
      .filter(({ file }) => file === 'license-events.ndjson')
      .map(take)
      .flatMap((taken) => (taken.ok ? [taken.event] : []));
    expect(changes).toHaveLength(6);
    for (const event of changes) {
      expect(event.actor?.kind).toBe('user');
      expect(event.targets[0]?.kind).toBe('user');
      expect(event.targets[0]?.name).toContain('@');
    }
    expect(changes.filter((event) => event.licenses)).toHaveLength(3);
    expect(changes.filter((event) => event.sequence)).toMatchObject([{ sequence: { part: 6, of: 6 } }]);
  });
});
