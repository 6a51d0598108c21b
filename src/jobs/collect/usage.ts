import { HOUR_MS } from '../../domain/durations.ts';
import { count } from '../../domain/numerals.ts';
import { TenantReadError, type UsageFact } from '../../domain/ports.ts';
import { REPORT_NAMES, type ReportName, type ReportProblem } from '../../domain/usage/report.ts';
import type { Workload } from '../../domain/usage/workload.ts';
import type { JobContext } from '../context.ts';
import { type AccountNames, accountNames } from './account-names.ts';
import { readPurposes } from './mailbox-purposes.ts';

/** Microsoft makes reports once a day. */
const READ_EVERY_MS = 23.5 * HOUR_MS;

/** What to do about concealed names (https://learn.microsoft.com/microsoft-365/admin/activity-reports/activity-reports). */
export const CONCEALED =
  'Usage reports conceal names, so that nobody’s use is known. A Global Administrator changes that in the Microsoft 365 admin center: Settings › Org settings › Services › Reports, “Display concealed user, group, and site names in all reports” off.';

/** `unavailable`: this tenant or this app does not get to see reports, and `status` says why. */
export type UsageOutcome = 'read' | 'not-due' | 'unavailable';

/**
 * Reads Microsoft's usage reports, each once a day; one that fails leaves the others, and what it said before, in
 * place, with its reason where `status` finds it. Returns what it came to, and the failures that may pass, in sentences.
 * Throws TenantReadError when it was cancelled.
 */
export async function readUsage(
  context: JobContext,
  signal: AbortSignal,
): Promise<{ outcome: UsageOutcome; problems: string[] }> {
  const { store, clock } = context;
  const states = new Map((await store.usage.reports()).map((state) => [state.report, state]));
  const run = clock.now();
  const due = REPORT_NAMES.filter((report) => isDue(states.get(report)?.run ?? null, run));
  if (due.length === 0) return { outcome: 'not-due', problems: [] };
  const note = async (reports: readonly ReportName[], problem: Omit<ReportProblem, 'at'>): Promise<void> => {
    for (const report of reports) {
      const before = states.get(report)?.problem ?? null;
      // Since when it fails is worth more than when it did last.
      await store.usage.setProblem(report, { ...problem, at: before?.at ?? run });
      if (before?.message !== problem.message) {
        context.log.warn(
          { report, code: problem.code, reason: problem.message },
          'a usage report was not read',
        );
      }
    }
  };
  if ((await concealsNames(context, signal)) === true) {
    await note(due, { code: 'concealed', message: CONCEALED });
    return { outcome: 'unavailable', problems: [] };
  }
  const names = await accountNames(store);
  const problems: string[] = [];
  let isForbidden = false;
  for (const [index, report] of due.entries()) {
    try {
      const isNamed = await readReport(context, report, run, names, signal);
      if (!isNamed) await note([report], { code: 'concealed', message: CONCEALED });
    } catch (error) {
      if (!(error instanceof TenantReadError) || error.code === 'cancelled') throw error;
      const { code, message } = error;
      // The permission is the same for all: none of the others would be handed out.
      isForbidden = code === 'forbidden';
      await note(isForbidden ? due.slice(index) : [report], { code, message });
      if (isForbidden) break;
      problems.push(message);
    }
    context.onStep('usage:report');
  }
  if (!isForbidden) await readPurposes(context, signal);
  return { outcome: isForbidden ? 'unavailable' : 'read', problems };
}

const isDue = (run: number | null, now: number): boolean =>
  run === null || run > now || now - run >= READ_EVERY_MS;

/** Whether names are concealed; null where that cannot be read: then the rows show it. */
async function concealsNames({ reader, log }: JobContext, signal: AbortSignal): Promise<boolean | null> {
  try {
    return await reader.concealsNames(signal);
  } catch (error) {
    if (!(error instanceof TenantReadError) || error.code === 'cancelled') throw error;
    log.info({ code: error.code, reason: error.message }, 'whether usage reports conceal names is not known');
    return null;
  }
}

/** Reads a report. Returns false where its names are hashes: then nothing of it counts. */
async function readReport(
  { reader, store, log }: JobContext,
  report: ReportName,
  run: number,
  names: AccountNames,
  signal: AbortSignal,
): Promise<boolean> {
  const total = { rows: 0, unmatched: 0, hashes: 0 };
  let [refreshedAt, periodDays]: [number | null, number] = [null, 0];
  let workloads: readonly Workload[] = [];
  for await (const page of reader.usageReport(report, signal)) {
    refreshedAt = page.refreshedAt;
    periodDays = page.periodDays;
    workloads = page.workloads;
    const facts: UsageFact[] = [];
    for (const { name, ...fact } of page.rows) {
      total.rows++;
      if (!name.includes('@')) total.hashes++;
      const userId = names.of(name);
      if (userId === null) total.unmatched++;
      else facts.push({ ...fact, userId });
    }
    await store.usage.add(run, facts);
  }
  if (total.rows > 0 && (total.hashes * 2 > total.rows || total.unmatched === total.rows)) return false;
  if (refreshedAt === null) {
    throw new TenantReadError('malformed', `The usage report ${report} came without rows.`);
  }
  const { rows, unmatched } = total;
  await store.usage.note({ report, run, refreshedAt, periodDays, workloads, rows, unmatched, problem: null });
  log.info({ report, ...total }, 'a usage report was read');
  return true;
}

/** The failures of a run in one sentence; null where there are none. */
export const problemsOf = (problems: readonly string[]): string | null =>
  problems.length === 0
    ? null
    : `${count(problems.length, 'usage report')} could not be read: ${[...new Set(problems)].join(' ')}`;
