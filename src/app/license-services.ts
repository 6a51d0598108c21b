/** What the bot asks for to give and take licenses in words, alone or with a second operator. */
import type { Person } from '../domain/access/person.ts';
import type { JobContext } from '../jobs/context.ts';
import { type Answered, confirmAsked, declineAsked, withdrawAsked } from '../jobs/decisions/answer-asked.ts';
import { secondOperator } from '../jobs/decisions/ask-for-change.ts';
import { changeLicenses } from '../jobs/decisions/change-licenses.ts';
import { usersOf } from '../jobs/decisions/decided.ts';
import { askedOnCard } from '../jobs/decisions/plan-asked.ts';
import { outcomeOf } from '../jobs/decisions/request-outcome.ts';
import type { Started } from '../jobs/decisions/started.ts';
import { undoRequest } from '../jobs/decisions/undo-request.ts';
import type { Scheduler } from '../jobs/running/schedule.ts';
import type { AskedOutcome, BotServices, LicensesChanged } from '../teams/services.ts';

/**
 * What the bot asks for when licenses are to be changed in words.
 * @param answerWithinMs how long a press waits for what comes of it, ms
 */
export function licenseServices(
  jobs: JobContext,
  scheduler: Pick<Scheduler, 'wakeUp'>,
  answerWithinMs: number,
): Pick<BotServices, 'changeLicenses' | 'undoLicenses' | 'secondOperator' | 'answerAsked'> {
  const second = (userIds: readonly string[], by: Person) =>
    secondOperator({ context: jobs, by, now: jobs.clock.now() }, userIds);
  const channel = async (): Promise<string> => (await jobs.store.conversations.alertTarget())?.name ?? '';

  /** Waits a moment for what comes of a decision. */
  const written = async (decisionId: string, by: Person) => {
    scheduler.wakeUp();
    const outcome = await outcomeOf(jobs, decisionId, answerWithinMs);
    const userIds = usersOf(await jobs.store.decisions.stepsOf(decisionId));
    const undoNeeds = outcome.undo === null ? 'not-needed' : await second(userIds, by);
    return { kind: 'accepted' as const, second: undoNeeds, ...outcome };
  };

  const changed = async (started: Started, by: Person): Promise<LicensesChanged> => {
    switch (started.kind) {
      case 'refused':
        return { kind: 'refused', sentence: started.reason };
      case 'started':
        return written(started.decisionId, by);
      case 'waiting':
        scheduler.wakeUp();
        return {
          kind: 'waiting',
          view: await askedOnCard(jobs, started.asked, true),
          channel: await channel(),
        };
      case 'needs-second': {
        const { view: plan, deadlines } = started.plan;
        return { kind: 'needs-second', asked: started.asked, plan, deadlines };
      }
      case 'shown-again': {
        const { view: plan, deadlines } = started.plan;
        return { kind: 'shown-again', notice: started.notice, plan, deadlines, second: started.second };
      }
    }
  };

  const answered = async (outcome: Answered, by: Person): Promise<AskedOutcome> => {
    switch (outcome.kind) {
      case 'refused':
        return { kind: 'refused', sentence: outcome.reason };
      case 'beyond':
        return { kind: 'beyond', sentence: outcome.reason, askedBy: outcome.askedBy };
      case 'started':
        return written(outcome.decisionId, by);
      case 'own':
        return { kind: 'own', view: outcome.view, channel: await channel() };
      case 'shown':
        return outcome;
      case 'ended':
        scheduler.wakeUp();
        return outcome;
    }
  };

  return {
    changeLicenses: async (request, shown, by, viewer, asking) =>
      changed(await changeLicenses(jobs, request, shown, by, viewer, asking), by),
    undoLicenses: async (decisionId, by, viewer, asking) =>
      changed(await undoRequest(jobs, decisionId, by, viewer, asking), by),
    secondOperator: second,
    async answerAsked(answer, by, viewer) {
      const { requestId } = answer;
      switch (answer.kind) {
        case 'confirm':
          return answered(await confirmAsked(jobs, requestId, answer.plan, by, viewer), by);
        case 'decline':
          return answered(await declineAsked(jobs, requestId, answer.reason, by, viewer), by);
        case 'withdraw':
          return answered(await withdrawAsked(jobs, requestId, by, viewer), by);
      }
    },
  };
}
