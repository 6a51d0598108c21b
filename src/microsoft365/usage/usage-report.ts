import { parse } from 'csv-parse';
import { MINUTE_MS } from '../../domain/durations.ts';
import { retryAfterMs } from '../../domain/pause/retry-after.ts';
import { TenantReadError, type UsagePage, type UsageRow } from '../../domain/ports.ts';
import type { ReportName } from '../../domain/usage/report.ts';
import type { Cloud } from '../clouds.ts';
import type { Patience } from '../graph/batch.ts';
import type { GraphClient } from '../graph/graph-client.ts';
import { pauseBefore } from '../http/backoff.ts';
import { type Download, download } from '../http/download.ts';
import { ExchangeError } from '../http/exchange.ts';
import { failureOfAnswer, failureOfExchange } from '../http/failure.ts';
import { cancelled, sleepOrCancel } from '../http/sleep.ts';
import { OPERATIONS } from '../operations.ts';
import { dayIn, type Header, headerOf, LAYOUTS, type Layout, rowOf } from './columns.ts';
import { reportAddress } from './report-address.ts';

/** A million users are some 400 megabytes. */
const MAX_BYTES = 2 ** 30;
const IDLE_MS = MINUTE_MS;
const WHOLE_MS = 20 * MINUTE_MS;
/** Rows are handed on so many at a time. */
const ROWS_AT_ONCE = 1_000;
const MAX_HOPS = 3;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

export type UsageDoor = { graph: GraphClient; cloud: Cloud; patience: Patience };

/**
 * Reads a usage report, some rows at a time. Graph answers with a redirect to a signed address of another host, which
 * is followed without our token, and only to Microsoft's report hosts. When the file breaks off it is asked for again
 * from its begin, so that rows can come twice. It needs Reports.Read.All. Throws TenantReadError.
 */
export async function* readUsageReport(
  door: UsageDoor,
  report: ReportName,
  signal: AbortSignal,
): AsyncGenerator<UsagePage> {
  const layout = LAYOUTS[report];
  const { clock, limits, random } = door.patience;
  for (let attempt = 1; ; attempt++) {
    try {
      yield* readOnce(door, layout, signal);
      return;
    } catch (error) {
      if (signal.aborted) throw cancelled(error);
      const { failure, mayPass, askedMs } = failureOf(error);
      const pause = mayPass ? pauseBefore(attempt, askedMs, limits, random) : null;
      if (pause === null) throw failure;
      await sleepOrCancel(clock, pause, signal);
    }
  }
}

/** A download that was refused, and when to come again, ms. */
class DownloadRefused extends Error {
  readonly failure: TenantReadError;
  readonly askedMs: number | null;
  constructor(failure: TenantReadError, askedMs: number | null) {
    super(failure.message);
    this.failure = failure;
    this.askedMs = askedMs;
  }
}

function failureOf(error: unknown): { failure: unknown; mayPass: boolean; askedMs: number | null } {
  if (error instanceof DownloadRefused) {
    const { failure, askedMs } = error;
    return { failure, mayPass: failure.code !== 'cross-origin' && failure.code !== 'malformed', askedMs };
  }
  if (error instanceof ExchangeError) {
    const failure = failureOfExchange(error, OPERATIONS.usageReports, 'the host of usage reports');
    return { failure, mayPass: error.code === 'timeout' || error.code === 'unreachable', askedMs: null };
  }
  // The door to Graph has tried again by itself.
  return { failure: error, mayPass: false, askedMs: null };
}

async function* readOnce(door: UsageDoor, layout: Layout, signal: AbortSignal): AsyncGenerator<UsagePage> {
  const operation = OPERATIONS.usageReports;
  const request = door.graph.api(`/reports/${layout.call}(period='D${layout.periodDays}')`);
  const answer = await door.graph.get(request, operation, signal);
  if (answer.status >= 200 && answer.status < 300) {
    yield* pagesOf(once(answer.bytes ?? Buffer.from(answer.text)), layout, signal);
    return;
  }
  const address = answer.headers.location;
  if (!REDIRECTS.has(answer.status) || address === undefined) throw failureOfAnswer(answer, operation);
  const file = await fetchFile(door, address, signal);
  try {
    yield* pagesOf(file.body, layout, signal);
  } finally {
    file.close();
  }
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

async function fetchFile(
  { cloud, patience }: UsageDoor,
  address: string,
  signal: AbortSignal,
): Promise<Download> {
  let next = address;
  for (let hop = 0; hop < MAX_HOPS; hop++) {
    const url = reportAddress(next, cloud);
    if (url === null) throw new DownloadRefused(elsewhere(), null);
    const file = await download({ url, idleMs: IDLE_MS, timeoutMs: WHOLE_MS, maxBytes: MAX_BYTES, signal });
    if (file.status === 200) return file;
    file.close();
    const { location } = file.headers;
    if (REDIRECTS.has(file.status) && location !== undefined) {
      next = URL.canParse(location, url.href) ? new URL(location, url).href : location;
      continue;
    }
    throw new DownloadRefused(
      refusedFile(file.status),
      retryAfterMs(file.headers['retry-after'], patience.clock.now()),
    );
  }
  throw new DownloadRefused(elsewhere(), null);
}

const elsewhere = (): TenantReadError =>
  new TenantReadError(
    'cross-origin',
    'Microsoft named another place for a usage report than its report hosts of this cloud. It was not read.',
  );

const refusedFile = (status: number): TenantReadError =>
  new TenantReadError(
    status === 429 ? 'throttled' : status >= 500 ? 'server-error' : 'refused',
    `Microsoft did not hand out a usage report (${status}). The next run tries again.`,
  );

async function* pagesOf(
  body: AsyncIterable<Buffer>,
  layout: Layout,
  signal: AbortSignal,
): AsyncGenerator<UsagePage> {
  const reading: Reading = { header: null, refreshedAt: null, rows: [] };
  for await (const cells of recordsOf(body)) {
    if (signal.aborted) throw cancelled();
    if (reading.header === null) {
      reading.header = headerOf(cells, layout);
      if (reading.header === null) throw oddReport();
      continue;
    }
    const day = dayIn((cells[reading.header.refreshed] ?? '').trim());
    if (typeof day !== 'number') throw oddReport();
    // One file tells of one day; of two, the earlier one is sure.
    reading.refreshedAt = Math.min(day, reading.refreshedAt ?? day);
    const row = rowOf(cells, reading.header, layout);
    if (row !== null) reading.rows.push(row);
    if (reading.rows.length >= ROWS_AT_ONCE) yield pageOf(reading, layout);
  }
  if (reading.header === null) throw oddReport();
  yield pageOf(reading, layout);
}

type Reading = { header: Header | null; refreshedAt: number | null; rows: UsageRow[] };

function pageOf(reading: Reading, { periodDays }: Layout): UsagePage {
  const { rows, refreshedAt, header } = reading;
  reading.rows = [];
  return {
    refreshedAt,
    periodDays,
    workloads: (header?.last ?? []).map(({ workload }) => workload),
    rows,
  };
}

async function* recordsOf(body: AsyncIterable<Buffer>): AsyncGenerator<string[]> {
  const parser = parse({ bom: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: true });
  const failed = feed(body, parser);
  try {
    for await (const record of parser) yield record as string[];
  } catch (cause) {
    const reason = (await failed) ?? cause;
    if (reason instanceof ExchangeError) throw reason;
    throw new TenantReadError('malformed', 'A usage report is no CSV.', { cause: reason });
  }
}

/** Writes the body into the parser as fast as that takes it; resolves to what broke it off, or to null. */
async function feed(body: AsyncIterable<Buffer>, parser: ReturnType<typeof parse>): Promise<unknown> {
  try {
    for await (const chunk of body) {
      if (parser.destroyed) return null;
      if (!parser.write(chunk)) {
        await new Promise<void>((resolve) => {
          parser.once('drain', resolve);
          parser.once('close', resolve);
        });
      }
    }
    parser.end();
    return null;
  } catch (cause) {
    parser.destroy(cause instanceof Error ? cause : new Error('The download broke off.'));
    return cause;
  }
}

const oddReport = (): TenantReadError =>
  new TenantReadError(
    'malformed',
    'A usage report has other columns than Microsoft documents: neither names nor the day of the report were found.',
  );
