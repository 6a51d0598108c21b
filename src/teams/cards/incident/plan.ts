import type { Scope } from '../../../domain/access/scope.ts';
import { inScope } from '../../../domain/access/scope.ts';
import type { AffectedUser } from '../../../domain/incident-view/view.ts';
import { count, numeral } from '../../../domain/numerals.ts';
import type { PlanLine, PlanView } from '../../../domain/restore/plan-view-types.ts';
import { longestPiece, WHOLE_IN_A_CELL, withBreaks } from '../breaks.ts';
import { markdownText, plainText } from '../escape-text.ts';
import type { Fold } from '../fold.ts';

/** A plan as `plan-table.template.ts` takes it; an empty sentence shows nothing. */
export type PlanData = {
  sentence: string;
  tableTitle: string;
  rows: { name: string; does: string[]; blocked: string[] }[];
  hidden: string;
};

/** What a restore form needs: the plan, whom one may choose, and what its buttons are called. */
export type RestoreForm = {
  title: string;
  /** On the card in the channel. */
  postedTitle: string;
  intro: string;
  plan: PlanData;
  digest: string;
  allTitle: string;
  chosenTitle: string;
  canPressAll: boolean;
  canChoose: boolean;
  /** Whether the list to choose from is open. */
  choosing: boolean;
  choices: { title: string; value: string }[];
  choicesStyle: 'compact' | 'expanded';
  unlistedChoices: string;
};

export const NO_PLAN: PlanData = { sentence: '', tableTitle: '', rows: [], hidden: '' };

/** More checkboxes than this are offered as a list to open. */
const CHOICES_IN_THE_OPEN = 8;

/** More sentences than this about one user are read by nobody. */
const SENTENCES_PER_USER = 4;

/** The plan in a sentence and a table: first whom it cannot help, as that asks for something. */
export function planData(plan: PlanView | null, fold: Fold): PlanData {
  if (plan === null) return NO_PLAN;
  const lines = [...plan.lines].sort((a, b) => Number(b.blocked.length > 0) - Number(a.blocked.length > 0));
  const rows = lines.slice(0, fold.planRows).map((line) => ({
    name: markdownText(line.name, fold.text),
    does: line.does.slice(0, SENTENCES_PER_USER).map((text) => markdownText(text, fold.text)),
    blocked: line.blocked
      .slice(0, SENTENCES_PER_USER)
      .map(({ reason, wayOut }) => markdownText(`${reason} ${wayOut}`.trim(), fold.text * 2)),
  }));
  const hidden = lines.length - rows.length;
  return {
    sentence: markdownText(plan.sentence, fold.text * 2),
    tableTitle: lines.length === 1 ? 'What happens' : 'What happens for each user',
    rows,
    hidden: hidden <= 0 ? '' : `and ${numeral(hidden)} more that this card has no room for`,
  };
}

/**
 * The form of a way to give back.
 * @param texts its button, what it says first, and what ends the names of the buttons inside it
 * @param acts whom the viewer may act on: nobody else is offered
 */
export function restoreForm(
  {
    title,
    intro,
    ending,
    postedTitle = '',
    choosing = false,
  }: { title: string; intro: string; ending: string; postedTitle?: string; choosing?: boolean },
  plan: PlanView | null,
  users: readonly AffectedUser[],
  acts: Scope,
  fold: Fold,
): RestoreForm {
  const helped = helpedBy(plan);
  const offered = users.filter(
    ({ userId, status }) =>
      (status === 'lost' || status === 'failed') && helped(userId) && inScope(acts, userId),
  );
  const choices = offered.slice(0, fold.choices).map((user) => ({
    // Teams shows choices without Markdown, so that escapes would be seen.
    title: plainText(choiceTitle(user), fold.text),
    value: user.userId,
  }));
  return {
    title,
    postedTitle,
    intro,
    plan: planData(plan, fold),
    // A plan that is also about others is not the one that the viewer's press is measured by.
    digest: plan?.lines.every(({ userId }) => inScope(acts, userId)) ? plan.digest : '',
    allTitle: `${allTitle(offered.length, plan?.blocked ?? 0)}${ending}`,
    chosenTitle: `Reassign selected${ending}`,
    canPressAll: offered.length > 0,
    canChoose: choices.length > 1,
    choosing,
    choices,
    choicesStyle: choices.length > CHOICES_IN_THE_OPEN ? 'compact' : 'expanded',
    unlistedChoices: unlisted(offered.length - choices.length),
  };
}

/** Room for letters beside a checkbox, on a phone. */
const WIDEST_CHOICE = 28;

/** The name, and the address where no piece of it would break. */
function choiceTitle({ name, userPrincipalName }: AffectedUser): string {
  if (userPrincipalName === '' || longestPiece(userPrincipalName) > WIDEST_CHOICE) return name;
  return `${name} (${withBreaks(userPrincipalName, WHOLE_IN_A_CELL)})`;
}

function allTitle(ready: number, blocked: number): string {
  if (ready === 1) return blocked === 0 ? 'Reassign' : 'Reassign the one that can be';
  return blocked === 0 ? `Reassign all ${numeral(ready)}` : `Reassign the ${numeral(ready)} that can be`;
}

const unlisted = (left: number): string =>
  left <= 0 ? '' : `${count(left, 'user is', 'users are')} not listed here.`;

function helpedBy(plan: PlanView | null): (userId: string) => boolean {
  if (plan === null) return () => true;
  const helps = ({ does }: PlanLine) => does.length > 0;
  const ids = new Set(plan.lines.filter(helps).map(({ userId }) => userId));
  return (userId) => ids.has(userId);
}
