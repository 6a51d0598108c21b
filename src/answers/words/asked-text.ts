import type { Decision } from '../../domain/incident/decision.ts';
import { type AskedChange, askedInWords } from '../../domain/restore/requests/asked-change.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { formatTime, type TimeStyle } from '../times/times.ts';
import type { Names } from './names.ts';

/** What a decision asked of a second operator, or answered, in words: what it says, and what came of a request. */
export type AskedTexts = { what: string; outcome: string };

/** Loads what some decisions beside any incident asked of a second operator, or answered. */
export async function askedTexts(
  decisions: readonly Decision[],
  { store, ...style }: AnswerDeps,
  { product }: Pick<Names, 'product'>,
): Promise<(decision: Decision) => AskedTexts | null> {
  const beside = decisions.filter(({ incidentId }) => incidentId === null);
  const ids = [...new Set(beside.flatMap((decision) => requestOf(decision) ?? []))];
  const asked = new Map((await store.askedChanges.byIds(ids)).map((change) => [change.id, change]));
  return (decision) => {
    const change = decision.incidentId === null ? asked.get(requestOf(decision) ?? '') : undefined;
    return change ? textsOf(decision, change, style, product) : null;
  };
}

/** The request that a decision made or answered; null where it is about none. */
function requestOf({ id, kind, about }: Decision): string | null {
  switch (kind) {
    case 'request':
      return id;
    case 'confirm':
    case 'decline':
    case 'withdraw':
    case 'expire':
      return about;
    default:
      return null;
  }
}

function textsOf(
  { kind, until, reason }: Decision,
  change: AskedChange,
  style: TimeStyle,
  product: Names['product'],
): AskedTexts {
  const what = askedInWords(change.asked, product);
  const because = reason === null ? '' : `: ${reason}`;
  const by = change.by.name;
  switch (kind) {
    case 'request': {
      const latest = until === null ? '' : ` until ${formatTime(until, style)}`;
      return { what: `Asked to ${what}: a second operator can confirm it${latest}`, outcome: endOf(change) };
    }
    case 'confirm':
      return { what: `Confirmed ${by}’s request to ${what}`, outcome: '' };
    case 'decline':
      return { what: `Declined ${by}’s request to ${what}${because}`, outcome: '' };
    case 'withdraw':
      return { what: `Withdrew the request to ${what}`, outcome: '' };
    default:
      return { what: `Nobody confirmed ${by}’s request to ${what} in time`, outcome: '' };
  }
}

function endOf({ ended }: AskedChange): string {
  if (ended === null) return 'not answered yet';
  return ended.how === 'expired' ? 'nobody answered in time' : `${ended.how} by ${ended.by.name}`;
}
