import { isAbout, isBare } from '../facts.ts';
import type { DirectoryIndex } from '../names/directory-index.ts';
import type { Intent, Query } from '../query.ts';
import { EMPTY_QUERY, type Reading } from '../sentence/read-sentence.ts';
import { carryPronouns } from './pronouns.ts';
import { chosen } from './which-one.ts';

/** "and", "what about", "same for", "wie sieht es bei … aus": what a fragment begins with, in base words. */
const OPENING =
  '(?:and|or|not|(?:and )?(?:what|how) about|(?:and )?(?:what|how) (?:be |\\? )?(?:with|for)|(?:and )?(?:do )?(?:twice|\\?) for|about)';
const PART = '(?:P|S|G|T|D|and|or|for|in|of|on|from|to|with|by|about|over|license|now|be|out)';
const FRAGMENTS: readonly RegExp[] = [
  new RegExp(`^${OPENING}(?: ${PART})+$`),
  /^(?:and )?(?:for |in |on |over )?(?:T|D)$/,
  /^(?:for|in|of|from|to|with) (?:P|S|G)(?: (?:T|D))?$/,
];

/** Questions that say nothing but what to ask about the answer that was given. */
const ABOUT_IT: readonly { intent: Intent; when: RegExp }[] = [
  { intent: 'who-changed', when: /^(?:and |not )?(?:why|how come|for what why|by who)(?: be| do| happen)*$/ },
  { intent: 'who-changed', when: /^(?:and )?who (?:have )?(?:do|be|change|remove|removed|cause)(?: be)?$/ },
  { intent: 'history', when: /^(?:and )?(?:since )?when(?: be| do| happen| change)*$/ },
  { intent: 'export', when: /^(?:can |want |have |need )*export(?: as| to| in| export| file| all)*$/ },
  {
    intent: 'reassign',
    when: /^(?:can |want |need |to |no )*(?:reassign|(?:give|given|make|have|get|post) back|give license back)$/,
  },
  { intent: 'remove', when: /^(?:can |want |need |to )*(?:remove|away|remove (?:away|back)|give away)$/ },
];

/** "yes, undo that" must not mean that the bot itself is asked who it is. */
const POINTS_BACK = /^(?:it|that|this|das|dat|dit|es|het|er|ca|cela|eso|esto|lo)$/;

/**
 * What a sentence asks, given the query before it. A fragment without an intent of its own takes the previous
 * intent and all parts that it does not replace; a name alone answers "Which Chris?"; pronouns mean the previous
 * people and products. A sentence that stands by itself stays as it is. Pure.
 */
export function followedUp(reading: Reading, previous: Query, index: DirectoryIndex): Query {
  const { query, parts } = reading;
  const goesOn = previous.unresolved.length > 0 ? chosen(reading, previous, index) : null;
  if (goesOn) return goesOn;
  if (isBare(previous.intent)) return query;
  // A department narrows an answer down as a group does.
  const fragment = reading.said((at) => (reading.isPlace(at) ? 'G' : null));
  if (FRAGMENTS.some((pattern) => pattern.test(fragment))) return replaced(previous, parts);
  const said = reading.said();
  const about = ABOUT_IT.find(({ when }) => when.test(said));
  if (about && (query.intent !== 'help' || reading.words.some((word) => POINTS_BACK.test(word)))) {
    const { people, skus, groups, range, unresolved } = previous;
    return {
      ...EMPTY_QUERY,
      intent: about.intent,
      people,
      skus,
      groups,
      range: rangeFor(about.intent, range),
      unresolved,
    };
  }
  return carryPronouns(reading, previous);
}

/** What is to be done now is done whenever the change was. */
const rangeFor = (intent: Intent, range: Query['range']): Query['range'] =>
  intent === 'reassign' || intent === 'remove' ? null : range;

/** The previous query with the parts that a fragment names in place of its own. */
function replaced(previous: Query, parts: Query): Query {
  const named = parts.people.length + parts.unresolved.length > 0;
  const timed = parts.range !== null || parts.days !== null;
  const intent =
    named && !isAbout(previous.intent, 'people') ? aboutSomebody(previous.intent) : previous.intent;
  const { intent: _, people, skus, groups, range, days, unresolved, ...said } = parts;
  return {
    ...previous,
    ...said,
    intent,
    people: named ? people : previous.people,
    skus: skus.length > 0 ? skus : previous.skus,
    groups: groups.length > 0 ? groups : previous.groups,
    range: timed ? range : previous.range,
    days: timed ? days : previous.days,
    unresolved: named || skus.length > 0 ? unresolved : previous.unresolved,
  };
}

/** "who lost a license today", "and Adele?": what happened to her. Other lists have no question about one person. */
const aboutSomebody = (intent: Intent): Intent =>
  intent === 'lost-licenses' ? 'history' : intent === 'sku-users' ? 'user-licenses' : intent;
