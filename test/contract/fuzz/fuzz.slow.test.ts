import process from 'node:process';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MINUTE_MS } from '../../../src/domain/durations.ts';
import { SEED } from '../hostile/sane-answer.ts';
import { decisionProblems } from './check-decisions.ts';
import { logProblems } from './check-log.ts';
import { replyProblems } from './check-replies.ts';
import { scopeProblems } from './check-scope.ts';
import { FuzzedBot, type Outcome, offersIn } from './fuzzed-bot.ts';
import { LiveData } from './live-data.ts';
import { Measures } from './measures.ts';
import { activityOf, type FuzzTurn, fuzzTurn } from './turns.ts';

const { env } = process;
/** `npm run fuzz` takes all of them, every other run of the tests a sample. */
const RUNS = Number(env.FUZZ_RUNS ?? (env.npm_lifecycle_event === 'fuzz' ? 100_000 : 2_000));
const RUN_SEED = Number(env.FUZZ_SEED ?? SEED);
/** One problem hides the next: so many are gathered before it ends. */
const MAX_FOUND = 20;
/** So much of what was sent is shown with a problem. */
const SHOWN = 1_500;
const RENEW_EVERY = 150;
const MAX_TURN_MS = 1_000;
/** What the caches, the compiled code and the database's own memory may come to beside what a turn leaves, MB. */
const MAX_GROWTH_MB = 30;
/** Warm by then: what is kept is there. */
const WARM_AFTER = Math.min(1_000, RUNS / 3);

const bot = new FuzzedBot();
beforeAll(() => bot.start());
afterAll(() => bot.stop());

/** A machine that others use may be slow once; a turn that is too slow is so each time. */
async function isSlow(activity: object, { ms }: Outcome): Promise<boolean> {
  let fastest = ms;
  for (let again = 0; again < 3 && fastest > MAX_TURN_MS; again++) {
    fastest = Math.min(fastest, (await bot.take(activity)).ms);
  }
  return fastest > MAX_TURN_MS;
}

it(`answers ${RUNS.toLocaleString('en')} hostile turns shortly, soon, and with what each may know`, {
  timeout: MINUTE_MS + RUNS * 120,
}, async ({ annotate }) => {
  const live = new LiveData(bot.stage);
  const measures = new Measures();
  let turns = 0;
  let warmMb = 0;

  const take = async (turn: FuzzTurn): Promise<string[]> => {
    if (turns % RENEW_EVERY === 0) {
      await live.renew();
      await bot.forgetDecisions();
    }
    if (++turns === Math.floor(WARM_AFTER)) warmMb = measures.heapMb();
    const activity = activityOf(turn, bot.stage.bot, live);
    const said = live.said(turn, activity);
    const outcome = await bot.take(activity);
    measures.took(outcome.ms);
    live.offered(offersIn(outcome.sent));
    return [
      ...replyProblems(turn, outcome),
      ...scopeProblems(turn, outcome, said),
      ...decisionProblems(turn, outcome),
      ...logProblems(turn, outcome, activity),
      ...((await isSlow(activity, outcome)) ? [`${Math.round(outcome.ms)} ms`] : []),
    ];
  };

  const found: string[] = [];
  await fc.assert(
    fc.asyncProperty(fuzzTurn, async (turn) => {
      const sent = JSON.stringify(turn.fields(live)).slice(0, SHOWN);
      const problems = await take(turn);
      if (problems.length === 0) return;
      const { kind, part, where, verb } = turn;
      found.push(`${problems.join('\n')}\nafter ${kind} ${verb} by ${part} in ${where}: ${sent}`);
      if (found.length === MAX_FOUND) throw new Error(found.join('\n\n'));
    }),
    { seed: RUN_SEED, numRuns: RUNS, endOnFailure: true },
  );
  const growth = measures.heapMb() - warmMb;
  await annotate(`${turns} turns: ${measures.times()}; the heap grew by ${growth.toFixed(1)} MB`);
  expect(found).toEqual([]);
  expect(bot.stage.bot.simulator.tenant.writes()).toEqual([]);
  expect(growth).toBeLessThan(MAX_GROWTH_MB);
});
