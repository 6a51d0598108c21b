/** Recorded events of real tenants, read where they lie beside the project; none of them is ours to keep. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { archived } from '../../../../src/microsoft365/audit/archived.ts';
import { normaliseActivityRecord } from '../../../../src/microsoft365/bodies/audit/activity-record.ts';
import { normaliseDirectoryAudit } from '../../../../src/microsoft365/bodies/audit/directory-audit.ts';
import type { Normalised } from '../../../../src/microsoft365/bodies/audit/normalised.ts';
import { anEmptyStore } from '../../../builders/storage/store-in-memory.ts';

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
const bodyOf = ({ record }: Line) => (record.event ?? record.office365 ?? record) as Record<string, unknown>;
const isFromGraph = (line: Line): boolean =>
  'properties' in bodyOf(line) || 'createdDateTime' in bodyOf(line);
const take = (line: Line): Normalised =>
  isFromGraph(line) ? normaliseDirectoryAudit(bodyOf(line)) : normaliseActivityRecord(bodyOf(line));

const isWindowsEvent = ({ record }: Line): boolean =>
  JSON.stringify(record.logTypes ?? '').includes('Windows');

describe.runIf(present)('recorded audit events', () => {
  it('every Microsoft 365 record is taken', () => {
    const refused = [...recorded()]
      .filter((line) => !isWindowsEvent(line))
      .flatMap((line) => {
        const taken = take(line);
        return taken.ok ? [] : [`${line.file}: ${taken.reason}`];
      });
    expect(refused).toEqual([]);
  });

  it('every line of every file is stored, those with one id once, and nothing of it is lost', async () => {
    const store = await anEmptyStore();
    const seenAt = Date.parse('2027-01-01T00:00:00Z');
    const lines = [...recorded()];
    const taken = lines.map((line) =>
      isFromGraph(line)
        ? archived(bodyOf(line), 'directoryAudits', normaliseDirectoryAudit, seenAt)
        : archived(bodyOf(line), 'activity', normaliseActivityRecord, seenAt),
    );
    const ids = new Set(taken.map(({ event }) => event.id));
    expect(await store.audit.append(taken, seenAt)).toBe(ids.size);
    expect(await store.audit.append(taken.toReversed(), seenAt)).toBe(0);
    const stored = await store.audit.find({ from: 0, to: seenAt + 1 });
    expect(new Set(stored.map(({ id }) => id))).toEqual(ids);
    for (const [index, { raw }] of taken.entries()) {
      expect(JSON.parse(raw)).toEqual(bodyOf(lines[index] as Line));
    }
    await store.close();
  });

  it('every recorded license change names its user, its actor and, where logged, the licenses', () => {
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
