import { formatIn, isEverybodysLicenses, listQuestion } from '../details/export-list.ts';
import { splitReason } from '../details/reason.ts';
import { withoutRuleNumber } from '../details/rule-number.ts';
import { type DirectoryIndex, indexDirectory, withinReason } from '../names/directory-index.ts';
import type { Query, UnderstandContext } from '../query.ts';
import { withoutAddresses } from '../records/named.ts';
import { type Reading, readSentence } from '../sentence/read-sentence.ts';
import { MAX_TEXT_LENGTH } from '../sentence/words.ts';
import { followedUp } from './follow-up.ts';

/**
 * Reads a chat sentence, whatever is in it, as a query. Pure: the same text, directory, clock and previous query give
 * the same query. Pass `index` (from `indexDirectory`) when the directory is used more than once.
 */
export function understand(
  text: string,
  context: UnderstandContext,
  index: DirectoryIndex = indexDirectory(context.directory),
): Query {
  const typed = plain(text);
  const sentence = withoutAddresses(withoutRuleNumber(typed));
  const reading = read(sentence, typed, context, withinReason(index));
  return context.previous ? followedUp(reading, context.previous, index) : reading.query;
}

/** As much of a text as anybody types, with one space for many and without what cannot be seen. */
const plain = (text: string): string =>
  text
    .slice(0, MAX_TEXT_LENGTH)
    .replace(/\p{Cf}/gu, '')
    .replace(/\bw\/o\b/gi, 'without')
    .replace(/\s+/g, ' ');

function read(sentence: string, typed: string, context: UnderstandContext, index: DirectoryIndex): Reading {
  const { said, reason } = splitReason(sentence);
  if (reason !== null) {
    // Why somebody snoozes is in their own words, which name nobody and nothing.
    const asked = readSentence(said, context, index, typed);
    if (asked.query.intent === 'snooze') return { ...asked, query: { ...asked.query, reason } };
  }
  const reading = readSentence(sentence, context, index, typed);
  return reading.query.intent === 'export' ? withList(reading, sentence, context, index) : reading;
}

/** What is to be exported: the sentence without its "export" is the question that the list answers. */
function withList(
  reading: Reading,
  sentence: string,
  context: UnderstandContext,
  index: DirectoryIndex,
): Reading {
  // What was chosen is that it is an export, not which.
  const { intent: _, ...free } = context;
  const question = listQuestion(sentence);
  const read = readSentence(question, free, index).query;
  const isEverybodys = isEverybodysLicenses(question, read);
  const intent = isEverybodys ? 'directory' : read.intent;
  const format = formatIn(sentence);
  const list = intent === 'export' || intent === 'unknown' || intent === 'small-talk' ? {} : { list: intent };
  // Which service plans are meant only the question about them says.
  const { planState, holding } = read;
  const ofPlans =
    intent === 'plans' ? { ...(planState ? { planState } : {}), ...(holding ? { holding } : {}) } : {};
  const isClear = context.intent !== undefined || isEverybodys || reading.query.ask !== undefined;
  const lists = isClear ? [] : (read.ask ?? []);
  return {
    ...reading,
    query: {
      ...reading.query,
      ...list,
      ...ofPlans,
      ...(lists.length > 0 ? { lists } : {}),
      ...(format ? { format } : {}),
    },
  };
}
