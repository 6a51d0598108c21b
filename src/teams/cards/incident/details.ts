import { listed } from '../../../domain/english.ts';
import type { IncidentView } from '../../../domain/incident-view/view.ts';
import { count, numeral, plural } from '../../../domain/numerals.ts';
import { markdownText, runText } from '../escape-text.ts';
import type { Fold } from '../fold.ts';
import { issuePage, type Portals, productsPage, type TextPart } from '../portal-links.ts';
import type { Times } from '../times.ts';
import { checkedFacts, type Fact, idFacts } from './facts.ts';
import { logText } from './progress.ts';

type Sentence = { at: string; what: string };

/** What stands behind "Details". Texts are escaped; an empty text or list leaves its place out. */
export type Details = {
  checked: Fact[];
  story: Sentence[];
  moreStory: string;
  deadlines: Fact[];
  /** For the users, to be copied into a message. */
  forUsers: string;
  log: Sentence[];
  earlierLog: string;
  ids: Fact[];
  links: TextPart[];
};

export function detailsOf(view: IncidentView, times: Times, portals: Portals | null, fold: Fold): Details {
  const text = (value: string) => markdownText(value, fold.text);
  const plain = (value: string) => runText(value, fold.text);
  const story = view.chain.slice(0, fold.sentences);
  const log = view.log.slice(-fold.sentences);
  return {
    checked: checkedFacts(view, times, fold),
    story: story.map(({ at, what, evidence }) => ({
      at: times.short(at),
      what: plain(evidence.length === 0 ? what : `${what} (${recordIds(evidence)})`),
    })),
    moreStory: moreOf(view.chain.length - story.length, 'more record', 'more records'),
    deadlines: view.deadlines
      .slice(0, fold.sentences)
      .map(({ at, what }) => ({ title: times.day(at), value: text(what) })),
    // Half a text is nothing to copy.
    forUsers: markdownText(usersText(view), WHOLE_TEXT),
    log: log.map((entry) => ({ at: times.short(entry.at), what: plain(logText(entry, times)) })),
    earlierLog: moreOf(view.log.length - log.length, 'earlier entry', 'earlier entries'),
    ids: idFacts(view, times),
    links: linksOf(view, portals),
  };
}

/** Pages of Microsoft's about what the incident is about; the users' own stand at their names. */
function linksOf({ checked }: IncidentView, portals: Portals | null): TextPart[] {
  const products = productsPage(portals);
  if (products === null) return [];
  const issues = checked.serviceIssues.slice(0, 3).flatMap(({ id }) => {
    const page = issuePage(portals, id);
    return page === null
      ? []
      : [
          { text: ' · ', page: '' },
          { text: `Service incident ${id}`, page },
        ];
  });
  return [{ text: 'Your products (subscriptions)', page: products }, ...issues];
}

const MAX_IDS = 2;

const recordIds = (ids: readonly string[]): string => {
  const more = ids.length - MAX_IDS;
  const shown = ids.slice(0, MAX_IDS).join(', ');
  return `${plural(ids.length, 'record', 'records')} ${shown}${more > 0 ? ` and ${numeral(more)} more` : ''}`;
};

const moreOf = (left: number, one: string, many: string): string => (left <= 0 ? '' : count(left, one, many));

/** More than the text for the users can have. */
const WHOLE_TEXT = 2_000;

const FOR_USERS: ReadonlySet<IncidentView['kind']> = new Set([
  'lost',
  'swap',
  'never-granted',
  'plans-changed',
]);

/**
 * What users do to see a license that has come back, by Microsoft's "Unlicensed Product and activation errors in
 * Office" and "View account information": they may be asked to sign in, apps want a restart, and the account
 * page names the product.
 */
function usersText({ kind, users, status }: IncidentView): string {
  if (!FOR_USERS.has(kind) || users.length === 0) return '';
  // What was meant to happen is not given back.
  if (status === 'approved' || status === 'closed') return '';
  const products = [...new Set(users.flatMap(({ had }) => had.map(({ product }) => product)))];
  const what = products.length === 0 || products.length > 2 ? 'Microsoft 365' : listed(products);
  const begin = status === 'restored' ? `You have ${what} again.` : `You are getting ${what} back.`;
  return `${begin} Office apps can take up to 72 hours to notice. To refresh now, open Word or Excel, choose File → Account → Update License, and sign in with your work account if you are asked to. Then close all Office apps and start them again. It worked when File → Account shows ${what} under “Product Information”.`;
}
