import { listed } from '../../domain/english.ts';
import { evidenceForServices } from '../../domain/usage/plan-evidence.ts';
import { coverageOf } from '../../domain/usage/report.ts';
import { WORKLOAD_NAMES, WORKLOADS, type Workload } from '../../domain/usage/workload.ts';
import type { Query } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { makeAnswer, table, text } from '../answer/make-answer.ts';
import { loadPlanFacts } from '../plans/plan-facts.ts';
import { formatDay, formatTime } from '../times/times.ts';
import { stateRead } from '../words/completeness.ts';
import { usersById } from '../words/names.ts';
import { notKnownText, usageText } from '../words/usage-text.ts';

/** When somebody last used a service, or each of them: "when did Lee last use Exchange". */
export async function personUse(query: Query, deps: AnswerDeps): Promise<Answer> {
  const { store, now } = deps;
  const facts = await loadPlanFacts(store, query);
  const states = await store.usage.reports();
  const coverage = coverageOf(states, now);
  const asked = evidenceForServices(facts.services, facts.planNames).workloads;
  const service = listed(facts.services.map(({ name }) => name));
  const rest = {
    completeUntil: `${await stateRead(store, deps)} Usage reports: ${usageText(states, deps)}.`,
    next: ['unused licenses'],
  };
  if (facts.services.length > 0 && asked.length === 0) {
    return makeAnswer(
      'unused',
      `I cannot tell who uses ${service}: no usage report of Microsoft’s shows it.`,
      rest,
    );
  }
  const workloads: readonly Workload[] =
    asked.length > 0 ? asked : WORKLOADS.filter((one) => one !== 'desktop');
  const users = await usersById(store, query.people);
  const usages = new Map((await store.usage.byUsers(query.people)).map((one) => [one.userId, one]));
  const signIns = new Map((await store.signIns.byUsers(query.people)).map((one) => [one.userId, one]));
  const time = (at: number | null | undefined): string => (at == null ? 'none known' : formatTime(at, deps));
  const leads: string[] = [];
  const rows: string[][] = [];
  for (const id of query.people) {
    const user = users.get(id)?.state;
    if (!user) continue;
    const last = usages.get(id)?.last ?? {};
    const days = workloads.map((workload): [Workload, string] => {
      const [fact, state] = [last[workload], coverage[workload]];
      if (fact?.at != null) return [workload, formatDay(fact.at, deps)];
      if (fact === undefined || !state.known || fact.run < state.run) return [workload, 'not known'];
      return [workload, `not in the ${state.periodDays} days up to ${formatDay(state.refreshedAt, deps)}`];
    });
    if (asked.length > 0 || query.people.length === 1) {
      const known = days.flatMap(([workload]) =>
        last[workload]?.at == null ? [] : [last[workload]?.at ?? 0],
      );
      const what = service || 'anything that reports tell of';
      leads.push(
        known.length > 0
          ? `${user.displayName} last used ${what} on ${formatDay(Math.max(...known), deps)}.`
          : days.every(([, said]) => said === 'not known')
            ? `When ${user.displayName} last used ${what} is not known.`
            : `No report shows that ${user.displayName} used ${what}.`,
      );
    }
    for (const [workload, said] of days) rows.push([user.displayName, WORKLOAD_NAMES[workload], said]);
    const signIn = signIns.get(id);
    rows.push(
      [user.displayName, 'Sign-in that succeeded', time(signIn?.successfulAt)],
      [user.displayName, 'Sign-in by the person, tried', time(signIn?.interactiveAt)],
      [user.displayName, 'Sign-in by an app for them, tried', time(signIn?.nonInteractiveAt)],
    );
  }
  return makeAnswer('unused', leads.join(' ') || 'What reports tell of these people:', {
    blocks: [
      ...table(['User', 'What', 'Last'], rows),
      ...notKnownText(
        workloads.filter((one) => !coverage[one].known),
        coverage,
        deps,
      )
        .map((one) => `${one.charAt(0).toUpperCase()}${one.slice(1)}.`)
        .flatMap(text),
      ...text('Reports come days late and tell days, not times; a sign-in that was tried may have failed.'),
    ],
    ...rest,
  });
}
