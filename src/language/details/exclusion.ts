import { isIn, type Run, type Said, setOf } from './said.ts';

/** What leaves out what follows it, in the languages of the lexicon and two more, folded. */
const MARKERS: readonly (readonly string[])[] = (
  'except|except for|excepting|excluding|excl|other than|apart from|aside from|but not|but without|not including|' +
  'not counting|leaving out|everybody but|everyone but|anybody but|anyone but|all but|nobody but|' +
  'ausser|aber nicht|aber ohne|aber kein|aber keine|aber keinen|ausgenommen|bis auf|abgesehen von|nur nicht|alle bis auf|' +
  'behalve|maar niet|maar geen|uitgezonderd|met uitzondering van|exclusief|' +
  'sauf|mais pas|excepte|hormis|a l exception de|a l exception d|hors|' +
  'excepto|salvo|pero no|exceptuando|a excepcion de|menos|' +
  'tranne|eccetto|ma non|exceto|mas nao'
)
  .split('|')
  .map((marker) => marker.split(' '))
  .toSorted((a, b) => b.length - a.length);

const AND = setOf('and but y e und en et aber maar mais pero');
/** What may stand between "and not" and what is left out. */
const BETWEEN = setOf(
  'have be in of with from the any a an der die das den de het la le el los las who have at do',
);

/**
 * The parts of a sentence that say what is left out: "… except Lee", "E3 but not E5", "not in Sales". Each begins with
 * the words that leave out. @param places departments and countries, as runs
 */
export function exclusions({ words, spans }: Said, places: readonly Run[]): Run[] {
  const named = (at: number): boolean => isIn(spans, at) || isIn(places, at);
  const found: Run[] = [];
  for (let at = 0; at < words.length; at++) {
    if (isIn(spans, at)) continue;
    const marker = markerLength(words, at) || negation(words, at, named);
    if (marker === 0) continue;
    const to = endOf({ words, spans }, at + marker);
    if (to === at + marker) continue;
    found.push({ from: at, to });
    at = to - 1;
  }
  return found;
}

const markerLength = (words: Said['words'], at: number): number =>
  MARKERS.find((marker) => marker.every((word, offset) => words[at + offset]?.text === word))?.length ?? 0;

/** "and not E5", "but doesn't have E5", "not in Sales": as long as it takes to get to the name; 0 where none follows. */
function negation(words: Said['words'], at: number, named: (at: number) => boolean): number {
  const joins = AND.has(words[at]?.text ?? '');
  let next = joins ? at + 1 : at;
  while (joins && ['do', 'be', 'have', 'who', '-'].includes(words[next]?.base ?? '') && next - at < 3) next++;
  if (words[next]?.base !== 'not') return 0;
  const after = next + 1;
  // Without "and", only "not in" leaves out: "who has not E3" asks for those.
  if (!joins && !['in', 'of', 'from'].includes(words[after]?.base ?? '')) return 0;
  // "Qui n'a pas de Visio" asks for those as well.
  if (!joins && /^(?:de|d|du|des)$/.test(words[after]?.text ?? '')) return 0;
  let to = after;
  while (to < words.length && !named(to) && to - after < 3) {
    if (
      !BETWEEN.has(words[to]?.text ?? '') &&
      !['in', 'of', 'have', 'be', '-'].includes(words[to]?.base ?? '')
    )
      return 0;
    to++;
  }
  return named(to) ? to - at : 0;
}

/** Where what is left out ends: at a time, at the next clause, or with the sentence. */
function endOf({ words, spans }: Pick<Said, 'words' | 'spans'>, start: number): number {
  let to = start;
  for (; to < words.length; to++) {
    const word = words[to];
    const isTime = spans.some(({ from, meaning }) => from === to && meaning.kind === 'time');
    if (isTime || (to > start && (word?.afterComma || endsClause(words, to)))) break;
  }
  return to;
}

/** "… except Lee for a week", "… but not Lee because": what follows is about something else. */
const endsClause = (words: Said['words'], at: number): boolean =>
  ['who', 'what', 'why', 'when', 'how', 'because'].includes(words[at]?.base ?? words[at]?.text ?? '');
