import type { Auditing } from '../../domain/audit/auditing.ts';
import type { SourceCoverage } from '../../domain/audit/event.ts';
import { LOG_NAMES } from '../../domain/audit/log-names.ts';
import type { Query } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { facts, makeAnswer, table, text } from '../answer/make-answer.ts';
import { formatTime } from '../times/times.ts';
import { auditingAnswer, auditingText, TURN_ON_AUDITING } from '../words/auditing.ts';
import { AUDITING_OFF, auditingIsOff, completeUntil } from '../words/completeness.ts';
import { failureSentences, feedTable } from './collection.ts';
import { retention } from './retention.ts';

/**
 * Until when each log has told everything, what of it was read, and what is missing and why. Says first when
 * the tenant does not audit.
 */
export async function coverage(query: Query, deps: AnswerDeps): Promise<Answer> {
  switch (query.auditing) {
    case 'retention':
      return retention(query, deps);
    case 'state':
    case 'how-to':
      return auditingItself(query.auditing, deps);
    default:
      return completeness(deps);
  }
}

/** Yes or no first; the three steps where it is off, where nothing tells, and where somebody asks for them. */
async function auditingItself(asked: 'state' | 'how-to', deps: AnswerDeps): Promise<Answer> {
  const { store } = deps;
  const auditing = await auditingNow(store);
  const isOn = auditing.state === 'on';
  const howTo = asked === 'how-to' || !isOn ? TURN_ON_AUDITING : [];
  return makeAnswer('coverage', auditingAnswer(auditing, deps), {
    blocks: [
      ...text(
        asked === 'how-to' && isOn ? 'Nothing needs to be done. In case it is ever switched off:' : null,
      ),
      ...howTo.flatMap(text),
      ...facts({ Auditing: auditingText(auditing, deps) }),
    ],
    completeUntil: await completeUntil(store, deps),
    next: [
      ...(isOn && asked === 'state' ? ['how do I turn on auditing'] : []),
      'how long are the audit logs kept',
      'are the audit logs complete',
    ],
  });
}

async function completeness(deps: AnswerDeps): Promise<Answer> {
  const { store } = deps;
  const sources = await store.audit.coverage();
  const problems = await store.audit.problems();
  const rows = sources.map(({ source, completeFrom, completeTo }) => {
    const problem = problems.find((candidate) => candidate.source === source);
    return [
      LOG_NAMES[source],
      completeTo !== null
        ? formatTime(completeTo, deps)
        : completeFrom === null
          ? 'not read yet'
          : 'not complete yet',
      problem ? `${problem.message} (${formatTime(problem.at, deps)})` : 'none',
    ];
  });
  const known = sources.flatMap(({ completeTo }) => completeTo ?? []);
  const feeds = await store.audit.feeds();
  const auditing = await auditingNow(store);
  return makeAnswer('coverage', await lead(known, problems.length, deps), {
    blocks: [
      ...(auditing.state === 'off' ? TURN_ON_AUDITING : []).flatMap(text),
      ...facts({ Auditing: auditingText(auditing, deps) }),
      ...table(['Log', 'Complete to', 'Problem'], rows),
      ...feedTable(feeds, deps),
      ...failureSentences(feeds, deps).flatMap(text),
      ...sources.flatMap((source) => text(beginning(source, deps))),
    ],
    completeUntil: await completeUntil(store, deps),
    next: ['status', 'is auditing on', 'how long are the audit logs kept'],
  });
}

/** As far as anything tells: a reader that is refused because auditing is off knows it before it is asked for. */
async function auditingNow(store: AnswerDeps['store']): Promise<Auditing> {
  const auditing = await store.audit.auditing();
  if (auditing.state === 'off' || !(await auditingIsOff(store))) return auditing;
  return { ...auditing, state: 'off', since: null };
}

/** From when a log speaks: what happened before it may never tell. */
function beginning({ source, completeFrom }: SourceCoverage, deps: AnswerDeps): string | null {
  if (completeFrom === null || completeFrom === undefined) return null;
  return `The ${LOG_NAMES[source]} is known without a gap since ${formatTime(completeFrom, deps)}; of what was recorded before, something may be missing.`;
}

async function lead(completeTo: readonly number[], problems: number, deps: AnswerDeps): Promise<string> {
  if (await auditingIsOff(deps.store)) return AUDITING_OFF;
  if (completeTo.length === 0) return 'No audit log has been read yet.';
  const told = `The audit logs are complete to ${formatTime(Math.min(...completeTo), deps)}; records arrive up to 24 hours late.`;
  return problems === 0 ? told : `${told} The last reading of a log failed.`;
}
