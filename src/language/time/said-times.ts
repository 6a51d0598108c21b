import type { TimeToken } from './time-tokens.ts';
import { isTimeUnit, MONTHS, WEEKDAYS } from './time-units.ts';
import { timeTurn, timeWord } from './time-words.ts';

/** A word of a sentence: folded, with its base word in the lexicon (itself where there is none). */
export type SaidWord = { text: string; base: string; glue: string };

/** A token with the words that it stands for, half open. */
export type PlacedToken = TimeToken & { from: number; to: number };

/**
 * The words of a sentence as the time grammar reads them: turns of several words, compounds and words of any
 * language in English base words, "9 Uhr" and "14h30" as a clock shows them, "7 derniers jours" in English order.
 */
export function timeTokens(words: readonly SaidWord[]): PlacedToken[] {
  const texts = words.map(({ text }) => text);
  const tokens: PlacedToken[] = [];
  for (let at = 0; at < words.length; ) {
    const turn = timeTurn(texts, at);
    const length = turn?.length ?? 1;
    const word = words[at];
    if (!word) break;
    const bases = turn?.bases ?? clockOrDay(words, at) ?? timeWord(word.text);
    const [first = word.base, ...more] = bases ?? [];
    tokens.push({ base: first, glue: word.glue, from: at, to: at + length });
    for (const base of more) {
      tokens.push({ base, glue: /^\d\d$/.test(base) ? ':' : '', from: at, to: at + length });
    }
    at += length;
  }
  return inEnglishOrder(tokens);
}

const NUMBER = /^\d{1,2}$/;
/** Words before the time on a clock: "sinds 9 uur" is no length, "vor 9 Uhr" no date. */
const BEFORE_CLOCK = new Set(
  'since after until before at between from sinds vanaf om na voor tot rond vers a avant apres jusqua entre um seit nach vor bis ab gegen desde hasta despues antes depuis'.split(
    ' ',
  ),
);
/** Words that only a day of the month, or a longer name of it, follows: "am 3.", "le 3", "el 3". */
const BEFORE_DAY = new Set('am vom zum le el dia au du al'.split(' '));

/** A number as a time on a clock or a day of the month, where the words around it say so. */
function clockOrDay(words: readonly SaidWord[], at: number): readonly string[] | null {
  const { text = '', glue = '' } = words[at] ?? {};
  const before = words[at - 1];
  const next = words[at + 1];
  const french = /^(\d{1,2})h(\d\d)?$/.exec(text);
  if (french?.[1]) {
    const sure = french[2] !== undefined || (BEFORE_CLOCK.has(before?.text ?? '') && Number(french[1]) >= 6);
    const afterDay =
      WEEKDAYS.includes(before?.base ?? '') || ['today', 'yesterday'].includes(before?.base ?? '');
    return (sure || afterDay) && Number(french[1]) < 24 ? [french[1], french[2] ?? '00'] : null;
  }
  const ordinal = /^(\d{1,2})(?:er|e|de|ste|eme|ere)$/.exec(text);
  if (ordinal?.[1]) return [`${ordinal[1]}th`];
  if (!NUMBER.test(text) || glue === ':' || glue === '/' || glue === '-') return null;
  const follows = next?.text ?? '';
  const minutes = next?.glue === ':' || next?.glue === '.';
  if (minutes || Number(text) > 31) return null;
  const isClock =
    follows === 'uhr' ||
    follows === 'oclock' ||
    (before?.text === 'las' && !isTimeUnit(next?.base ?? '') && Number(text) < 25) ||
    (/^(?:uur|heures|h)$/.test(follows) && BEFORE_CLOCK.has(before?.text ?? '') && Number(text) >= 6);
  if (isClock) return [text, '00'];
  const isDay =
    BEFORE_DAY.has(before?.text ?? '') &&
    !isTimeUnit(next?.base ?? '') &&
    !MONTHS.includes(next?.base ?? '') &&
    !/^\d/.test(follows) &&
    Number(text) > 0;
  return isDay ? [`${text}th`] : null;
}

/** "since 8 this morning", "before 9 this evening": the hour as a clock shows it, today. */
function sayHourOfPart(
  before: PlacedToken | undefined,
  hour: PlacedToken,
  which: PlacedToken,
  part: PlacedToken,
): void {
  const isPart = ['morning', 'afternoon', 'evening', 'night'].includes(part.base);
  if (!before || !BEFORE_CLOCK.has(before.base) || which.base !== 'this' || !isPart) return;
  const said = /^(\d{1,2})(?:am|pm)?$/.exec(hour.base)?.[1];
  if (said === undefined || Number(said) > 23) return;
  hour.base = String((Number(said) % 12) + (part.base === 'morning' ? 0 : 12));
  which.base = '00';
  which.glue = ':';
  part.base = 'today';
}

/** "7 derniers jours" → "last 7 day"; "vendredi dernier" stays, the grammar reads it. */
function inEnglishOrder(tokens: PlacedToken[]): PlacedToken[] {
  for (let at = 0; at + 2 < tokens.length; at++) {
    const [count, which, unit] = tokens.slice(at, at + 3);
    if (count && which && unit) sayHourOfPart(tokens[at - 1], count, which, unit);
    if (!count || !which || !unit || !/^\d{1,4}$/.test(count.base) || !isTimeUnit(unit.base)) continue;
    if (which.base !== 'last' && which.base !== 'next') continue;
    tokens[at] = which;
    tokens[at + 1] = count;
    const before = tokens[at - 1];
    if (before?.base === 'this') before.base = '-';
  }
  // What only says that a number is a time on a clock says nothing more.
  return tokens.flatMap((token, at) => {
    const clock = tokens[at - 1];
    const isUnitOfClock =
      clock?.glue === ':' && ['uhr', 'oclock', 'hour', 'h'].includes(token.base) && token.glue === '';
    if (!isUnitOfClock || !clock) return [token];
    clock.to = token.to;
    return [];
  });
}
