import type { Detector, RuleMatch } from '../../domain/detection/evaluate.ts';
import { reachOf } from '../../domain/detection/firings.ts';
import { createRecordViewer } from '../../domain/detection/records/view-of.ts';
import { DAY_MS } from '../../domain/durations.ts';
import type { AuditStore } from '../../domain/ports.ts';
import type { Io } from '../command.ts';
import { linesOf } from './record-lines.ts';
import { createBadLines } from './report-problems.ts';

/** One record's time (ms UTC; 0 where it has none) and matches; or that it could not be read. */
export type Evaluated = { ok: true; at: number; matches: RuleMatch[] } | { ok: false };

/** Records of a file or of the archive, evaluated as they are read. */
export type Records = (detector: Detector) => AsyncIterable<Evaluated>;

/** The records of a file; a line that is none is named on standard error. */
export const fileRecords = (file: string, io: Pick<Io, 'stdin' | 'stderr'>): Records =>
  async function* (detector) {
    const bad = createBadLines(io);
    const viewOf = createRecordViewer();
    for await (const { number, text } of linesOf(file, io.stdin)) {
      const read = readLine(text, viewOf);
      if (typeof read === 'string') {
        bad.add(number, read);
        yield { ok: false };
      } else yield { ok: true, at: read.at, matches: detector.matchesIn(read) };
    }
  };

function readLine(text: string | null, viewOf: ReturnType<typeof createRecordViewer>) {
  if (text === null) return 'it is longer than 64 MB.';
  let record: unknown;
  try {
    record = JSON.parse(text);
  } catch {
    return 'it is no JSON.';
  }
  if (typeof record !== 'object' || record === null || Array.isArray(record)) return 'it is no JSON object.';
  const view = viewOf(record as Record<string, unknown>);
  if (view === null || view.operation === '') return 'it is no audit record that License Watch knows.';
  return view.id === '' ? 'the record has no id.' : view;
}

/** The records of the archive, from as long before a time as its firings may depend on. */
export const archiveRecords = (
  audit: Pick<AuditStore, 'rawRecords'>,
  range: { from: number; to: number },
): Records =>
  async function* (detector) {
    const { ruleSet } = detector;
    const learned = [...ruleSet.events, ...ruleSet.correlations].map(
      ({ firstSeen }) => (firstSeen?.days ?? 0) * DAY_MS,
    );
    const before = Math.max(DAY_MS, ...reachOf(ruleSet).values(), ...learned.map((ms) => 2 * ms));
    const window = {
      from: Number.isFinite(range.from) ? range.from - before : 0,
      to: Number.isFinite(range.to) ? range.to + DAY_MS : Number.MAX_SAFE_INTEGER,
    };
    for await (const { at, operation, raw } of audit.rawRecords(window)) {
      yield { ok: true, at, matches: detector.matchesOf(raw, operation) };
    }
  };
