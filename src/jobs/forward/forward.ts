import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../domain/durations.ts';
import { ocsfEvent } from '../../domain/forwarding/ocsf.ts';
import { count } from '../../domain/numerals.ts';
import { backOff } from '../../domain/pause/back-off.ts';
import { headText } from '../../domain/ports/archive.ts';
import type { ForwardedRecord, Forwarding, ForwardState, SiemLine } from '../../domain/ports/forwarding.ts';
import type { JobContext } from '../context.ts';

/** Records in a batch, and its text, characters: what SIEMs take in one request. */
const MAX_RECORDS = 500;
const MAX_TEXT = 1_000_000;
/** A run ends after this, so that a slow SIEM holds nothing else up; the next one goes on. */
const MAX_RUN_MS = 50_000;
const PAUSE = { firstMs: 5_000, longestMs: 15 * MINUTE_MS };
/** A pause that a SIEM asks for is kept up to this, ms. */
const MAX_ASKED_MS = DAY_MS;

/**
 * Passes new records of the archive on to the SIEM, in the order in which they were stored, until it has all of
 * them. The cursor moves only after the SIEM has taken a batch: a crash between the two sends it again. The head of
 * the archive goes with them once an hour.
 * @returns why the SIEM does not take what it is sent, a sentence; null where it does
 */
export async function forward(
  context: Pick<JobContext, 'store' | 'clock' | 'log' | 'random' | 'onStep'>,
  forwarding: Forwarding,
  signal: AbortSignal,
): Promise<string | null> {
  const { store, clock } = context;
  const { name } = forwarding.sender;
  const endsAt = clock.now() + MAX_RUN_MS;
  let state = await store.forwarding.state(name);
  if (state.notBefore !== null && state.notBefore > clock.now()) return waiting(state);
  let most = MAX_RECORDS;
  while (!signal.aborted && clock.now() < endsAt) {
    const records = batchOf(await store.forwarding.after(state.rowNo, most));
    const head = await headToTell(context, state);
    if (records.length === 0 && head === null) break;
    const lines = [
      ...records.map((record) => lineOf(record, forwarding)),
      ...(head === null ? [] : [head.line]),
    ];
    const outcome = await forwarding.sender.send(lines, signal);
    context.onStep('forward:sent');
    if (outcome.kind === 'taken') {
      state = taken(state, records, head?.text ?? null, clock.now());
      most = Math.min(MAX_RECORDS, most * 2);
    } else if (outcome.kind !== 'failed' && records.length > 1) {
      // One of them is what it cannot take: smaller batches find which.
      most = Math.max(1, Math.floor(records.length / 2));
      continue;
    } else if (outcome.kind !== 'failed' && records[0]) {
      state = { ...taken(state, records, null, clock.now()), sent: state.sent, refused: state.refused + 1 };
      context.log.warn({ record: records[0].id, reason: outcome.reason }, 'the SIEM refused a record');
    } else {
      state = failed(state, outcome, clock.now(), context.random());
    }
    await store.forwarding.save(name, state);
    if (state.problem !== null) return waiting(state);
  }
  return null;
}

/** As many as fit into one batch; at least one. */
function batchOf(records: readonly ForwardedRecord[]): ForwardedRecord[] {
  let text = 0;
  const batch: ForwardedRecord[] = [];
  for (const record of records) {
    text += record.raw.length;
    if (batch.length > 0 && text > MAX_TEXT) break;
    batch.push(record);
  }
  return batch;
}

const lineOf = (record: ForwardedRecord, { format }: Forwarding): SiemLine => ({
  at: record.at,
  id: record.id,
  json: format === 'raw' ? oneLine(record.raw) : JSON.stringify(ocsfEvent(record)),
});

/** Microsoft's own text where it is one line; a line end in it would be two records. */
function oneLine(raw: string): string {
  if (!/[\r\n]/.test(raw)) return raw;
  try {
    return JSON.stringify(JSON.parse(raw));
  } catch {
    return JSON.stringify(raw);
  }
}

/** The head of the archive as a line of its own, once an hour where it has moved. */
async function headToTell(
  { store, clock }: Pick<JobContext, 'store' | 'clock'>,
  state: ForwardState,
): Promise<{ text: string; line: SiemLine } | null> {
  const now = clock.now();
  if (state.headAt !== null && now - state.headAt < HOUR_MS) return null;
  const head = await store.archive.head();
  if (head === null || headText(head) === state.head) return null;
  const text = headText(head);
  const json = JSON.stringify({
    type: 'license-watch.archive-head',
    day: new Date(now).toISOString().slice(0, 10),
    time: now,
    head: text,
  });
  return { text, line: { at: now, id: `archive-head-${head.seq}`, json } };
}

function taken(
  state: ForwardState,
  records: readonly ForwardedRecord[],
  head: string | null,
  now: number,
): ForwardState {
  return {
    ...state,
    rowNo: records.at(-1)?.rowNo ?? state.rowNo,
    sent: state.sent + records.length,
    ...(head === null ? {} : { head, headAt: now }),
    failures: 0,
    failingSince: null,
    problem: null,
    notBefore: null,
  };
}

function failed(
  state: ForwardState,
  outcome: { reason: string; retryAfterMs?: number | null },
  now: number,
  random: number,
): ForwardState {
  const failures = state.failures + 1;
  const asked = Math.min(outcome.retryAfterMs ?? 0, MAX_ASKED_MS);
  return {
    ...state,
    failures,
    failingSince: state.failingSince ?? now,
    problem: outcome.reason,
    notBefore: now + Math.max(asked, backOff(failures, PAUSE, random)),
  };
}

const waiting = ({ problem, failures }: ForwardState): string =>
  `The SIEM does not take audit records (${count(failures, 'try', 'tries')} in a row): ${problem ?? 'no reason given'}`;
