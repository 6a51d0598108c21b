import { firstWords } from '../names/fold.ts';
import { asksForSwitched } from './plan-wish.ts';
import type { Run, Said } from './said.ts';

/**
 * The services that Microsoft's licenses are made of, as people call them, folded, with the name we say. Only what
 * is a plan inside a larger product: Visio and Copilot are products of their own.
 */
const SERVICES: readonly (readonly [name: string, ...calledToo: string[]])[] = [
  ['Teams', 'ms teams', 'microsoft teams', 'teams1'],
  ['Exchange Online', 'exchange', 'exo', 'ms exchange', 'microsoft exchange'],
  ['Exchange Online (Plan 1)', 'exchange online plan 1', 'exchange plan 1', 'exchange online p1'],
  ['Exchange Online (Plan 2)', 'exchange online plan 2', 'exchange plan 2', 'exchange online p2'],
  ['SharePoint', 'sharepoint online', 'spo', 'microsoft sharepoint'],
  ['OneDrive', 'one drive', 'onedrive for business', 'microsoft onedrive'],
  ['Sway', 'microsoft sway'],
  ['Intune', 'microsoft intune', 'intune plan 1', 'intune plan 2'],
  ['Viva Engage', 'yammer', 'viva engage core', 'yammer enterprise'],
  ['Viva Insights', 'myanalytics', 'microsoft viva insights'],
  ['Viva Learning'],
  ['Viva Topics'],
  ['Viva Goals'],
  ['Forms', 'microsoft forms', 'ms forms'],
  ['Planner', 'microsoft planner', 'ms planner'],
  ['Stream', 'microsoft stream', 'ms stream'],
  ['To Do', 'microsoft to do', 'ms to do'],
  ['Bookings', 'microsoft bookings', 'ms bookings'],
  ['Power Apps', 'powerapps', 'microsoft power apps'],
  ['Power Automate', 'powerautomate', 'microsoft power automate', 'microsoft flow'],
  ['Dataverse', 'common data service'],
  ['Defender for Business', 'microsoft defender for business'],
  ['Defender for Identity', 'microsoft defender for identity'],
  ['Defender for Cloud Apps', 'microsoft defender for cloud apps', 'cloud app security'],
  ['Exchange Online Archiving', 'exchange archiving'],
  ['Purview', 'microsoft purview'],
  ['Delve'],
  ['Power Pages', 'microsoft power pages'],
  ['Viva Connections'],
  ['Defender', 'microsoft defender', 'defender for endpoint', 'defender for office 365', 'mde', 'mdo'],
  ['Microsoft Entra ID P1', 'entra id p1', 'entra p1', 'azure ad premium', 'azure ad p1', 'aad p1'],
  ['Microsoft Entra ID P2', 'entra id p2', 'entra p2', 'azure ad p2', 'aad p2'],
  ['Whiteboard', 'microsoft whiteboard'],
  ['Loop', 'microsoft loop'],
  ['Clipchamp', 'microsoft clipchamp'],
  ['Kaizala', 'microsoft kaizala'],
  ['Skype for Business', 'skype', 'lync'],
  ['Information Protection', 'azure information protection', 'aip', 'rights management'],
  ['Information Barriers'],
  ['Customer Lockbox', 'lockbox'],
  ['Audio Conferencing'],
  ['Phone System'],
  ['Microsoft 365 Apps', 'office apps', 'm365 apps', 'desktop apps', 'office desktop apps'],
  ['Office for the web', 'office online', 'web apps', 'office web apps'],
  ['Universal Print'],
  ['eDiscovery'],
];

/** What precedes "teams" where people who work together are meant, folded. */
const WORKING_TOGETHER = new Set(
  'my our all both other these those which what some the unsere alle onze nos los sus'.split(' '),
);

const NAME_OF: ReadonlyMap<string, string> = new Map(
  SERVICES.flatMap(([name, ...more]) =>
    [name, ...more].map((said) => [said.toLowerCase().replace(/[()]/g, ''), name] as const),
  ),
);
const STARTS = firstWords([...NAME_OF.keys()]);
const LONGEST = Math.max(...[...NAME_OF.keys()].map((said) => said.split(' ').length));

/** A service plan that a sentence names, by the name we say; not `isMeant` where the word is another one. */
export type PlanNamed = Run & { name: string; isMeant: boolean };

/**
 * The service plans that a sentence names. What is a product of this tenant stays one, unless the sentence is about
 * what is switched on or off, which only a service plan can be; a product's name that the tenant does not have may
 * be a plan of one that it has.
 */
export function plansNamed({ text, words, spans }: Said): PlanNamed[] {
  const found: PlanNamed[] = [];
  const isSwitched = asksForSwitched(text);
  const taken = (at: number): boolean =>
    words[at]?.inAddress === true ||
    spans.some(
      ({ from, to, meaning }) =>
        at >= from && at < to && !(meaning.kind === 'sku' && (isSwitched || meaning.skuIds.length === 0)),
    );
  for (let from = 0; from < words.length; from++) {
    const hit = planAt(words, from, taken);
    if (!hit || isPartOfProduct(hit, spans, words)) continue;
    found.push(hit);
    from = hit.to - 1;
  }
  return found;
}

/** What may follow a service's name and is no part of it: "the Exchange plan". */
const CALLED = new Set(['plan', 'plans', 'service', 'app', 'license', 'licence']);

/** "Teams Premium", which this tenant does not have, is another product than Teams. */
const isPartOfProduct = ({ from, to }: Run, spans: Said['spans'], words: Said['words']): boolean =>
  spans.some(
    (span) =>
      span.from < to &&
      from < span.to &&
      (span.from < from || words.slice(to, span.to).some(({ text }) => !CALLED.has(text))),
  );

function planAt(words: Said['words'], from: number, taken: (at: number) => boolean): PlanNamed | null {
  const { text = '', product = '' } = words[from] ?? {};
  if (!STARTS.has(text) && !STARTS.has(product.split(' ', 1)[0] ?? '')) return null;
  for (let length = Math.min(LONGEST, words.length - from); length > 0; length--) {
    const run = words.slice(from, from + length);
    if (run.some((word, offset) => taken(from + offset) || (offset > 0 && word.afterComma))) continue;
    const said = run.map(({ text, product }) => (NAME_OF.has(text) ? text : product)).join(' ');
    const name = NAME_OF.get(said);
    if (name === undefined) continue;
    return { from, to: from + length, name, isMeant: !isNoService(said, words, from) };
  }
  return null;
}

/** Words that are mostly something else: "our teams", "post alerts in Teams", "in exchange for", "what to do". */
function isNoService(said: string, words: Said['words'], from: number): boolean {
  const before = words[from - 1]?.text ?? '';
  const isProper = words[from]?.capital === true;
  switch (said) {
    case 'teams':
      return before === 'in' || (WORKING_TOGETHER.has(before) && !isProper);
    case 'exchange':
      return !isProper && (from === 0 || before === 'in');
    case 'to do':
    case 'forms':
    case 'stream':
    case 'loop':
      return !isProper;
    default:
      return false;
  }
}
