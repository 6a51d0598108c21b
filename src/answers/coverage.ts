import type { Query } from '../language/query.ts';
import type { Answer } from './answer.ts';
import { AUDITING_OFF, auditingIsOff, completeUntil, SOURCE_NAMES } from './completeness.ts';
import type { AnswerDeps } from './deps.ts';
import { makeAnswer, table } from './make-answer.ts';
import { formatTime } from './times.ts';

/** Until when each log has told everything, and why one has not. Says first when the tenant does not audit. */
export async function coverage(_query: Query, deps: AnswerDeps): Promise<Answer> {
  const { store } = deps;
  const sources = await store.audit.coverage();
  const problems = await store.audit.problems();
  const rows = sources.map(({ source, completeTo }) => {
    const problem = problems.find((candidate) => candidate.source === source);
    return [
      SOURCE_NAMES[source],
      completeTo === null ? 'not read yet' : formatTime(completeTo, deps),
      problem ? `${problem.message} (${formatTime(problem.at, deps)})` : 'none',
    ];
  });
  const known = sources.flatMap(({ completeTo }) => completeTo ?? []);
  return makeAnswer('coverage', await lead(known, problems.length, deps), {
    blocks: table(['Log', 'Complete to', 'Problem'], rows),
    completeUntil: await completeUntil(store, deps),
    next: ['status'],
  });
}

async function lead(completeTo: readonly number[], problems: number, deps: AnswerDeps): Promise<string> {
  if (await auditingIsOff(deps.store)) return AUDITING_OFF;
  if (completeTo.length === 0) return 'No audit log has been read yet.';
  const told = `The audit logs are complete to ${formatTime(Math.min(...completeTo), deps)}; records arrive up to 24 hours late.`;
  return problems === 0 ? told : `${told} The last reading of a log failed.`;
}
