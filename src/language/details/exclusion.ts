import { isIn, type Run, type Said, setOf } from './said.ts';

/** Runs of words by the first of them, the longest first. */
const markers = (text: string): ReadonlyMap<string, readonly string[][]> =>
  Map.groupBy(
    text
      .split('|')
      .map((marker) => marker.split(' '))
      .toSorted((a, b) => b.length - a.length),
    ([first = '']) => first,
  );

/** What leaves out whatever follows, in the languages of the lexicon and two more, folded. */
const STRONG = markers(
  'except|except for|excepting|excluding|excl|apart from|aside from|not including|not counting|leaving out|' +
    'everybody but|everyone but|anybody but|anyone but|all but|ausser|ausgenommen|abgesehen von|alle bis auf|' +
    'behalve|uitgezonderd|met uitzondering van|sauf|excepte|hormis|a l exception de|a l exception d|' +
    'excepto|salvo|exceptuando|a excepcion de|tranne|eccetto|exceto',
);
/** The same where something follows that we know; else they mostly mean something else: "but not used". */
const WEAK = markers(
  'other than|outside|outside of|ausserhalb|ausserhalb von|ausserhalb des|ausserhalb der|buiten|en dehors de|hors de|hors|fuera de|fuera del|' +
    'al di fuori di|fuori da|fora de|fora do|fora da|but not|but without|aber nicht|aber ohne|aber kein|aber keine|aber keinen|aber keins|bis auf|nur nicht|' +
    'maar niet|maar geen|maar zonder|exclusief|mais pas|mais sans|pero no|pero sin|menos|ma non|mas nao',
);
/** "Außer Kraft" is out of force. */
const NO_EXCEPTION = setOf('kraft betrieb haus dienst acht');

const AND = setOf('and und en et y e');
const BUT = setOf('but aber maar mais pero');
const NOT = setOf('not nicht niet pas no');
const NONE = setOf('no not without kein keine keinen geen pas sin sans ohne zonder');
/** "Not in Sales". */
const IN = setOf('in im aus from en dans von uit de');
/** What may stand between "but not" and what is left out, folded. */
const BETWEEN = setOf(
  'have has had do does did is are be in im of with from aus the any a an der die das den dem des de het la le les el ' +
    'los las l d hat haben heeft hebben a ont tiene tienen dans en von yet also still who which wer die qui que it them',
);
const MAX_BETWEEN = 4;

/**
 * The parts of a sentence that say what is left out: "… except Lee", "E3 but not E5", "not in Sales". Each begins with
 * the words that leave out. @param places departments and countries, as runs
 */
export function exclusions({ words, spans }: Said, places: readonly Run[]): Run[] {
  const names: Run[] = [...spans.filter(({ meaning }) => meaning.kind !== 'time'), ...places];
  const found: Run[] = [];
  for (let at = 0; at < words.length; at++) {
    if (isIn(spans, at)) continue;
    const to = endOfExclusion(words, at, names, spans);
    if (to === null) continue;
    found.push({ from: at, to });
    at = to - 1;
  }
  return found;
}

function endOfExclusion(
  words: Said['words'],
  at: number,
  names: readonly Run[],
  spans: readonly Run[],
): number | null {
  const strong = lengthOf(STRONG, words, at);
  const weak = strong > 0 ? 0 : lengthOf(WEAK, words, at) || negation(words, at);
  if (strong + weak === 0) return null;
  const start = at + strong + weak;
  if (NO_EXCEPTION.has(words[start]?.text ?? '')) return null;
  const name = firstName(words, start, names);
  if (name !== null) return withOthers(words, name, names);
  return strong > 0 ? endOfWords(words, start, spans) : null;
}

const lengthOf = (all: ReturnType<typeof markers>, words: Said['words'], at: number): number =>
  all
    .get(words[at]?.text ?? '')
    ?.find((marker) => marker.every((word, offset) => words[at + offset]?.text === word))?.length ?? 0;

/** "and not", "but does not have", "not in": how many words say no; 0 where none do. */
function negation(words: Said['words'], at: number): number {
  const text = (position: number): string => words[position]?.text ?? '';
  const isBut = BUT.has(text(at));
  if (!isBut && !AND.has(text(at))) {
    const isSecond = words.slice(0, at).some(({ text: before }) => NONE.has(before));
    return NOT.has(text(at)) && IN.has(text(at + 1)) && text(at) !== 'pas' && !isSecond ? 2 : 0;
  }
  // "No E3 and no E5" leaves nothing out.
  if (words.slice(0, at).some(({ text: before }) => NONE.has(before))) return 0;
  let next = at + 1;
  while (isBut && BETWEEN.has(text(next)) && next - at < MAX_BETWEEN) next++;
  return (isBut ? NONE : NOT).has(text(next)) ? next - at + 1 : 0;
}

/** The name that is left out, past words that carry nothing; null where another word comes first. */
function firstName(words: Said['words'], start: number, names: readonly Run[]): Run | null {
  for (let at = start; at < words.length && at - start <= MAX_BETWEEN; at++) {
    const name = names.find(({ from }) => from === at);
    if (name) return name;
    if (!BETWEEN.has(words[at]?.text ?? '') && words[at]?.base !== 'department') return null;
  }
  return null;
}

/** Where a list of names ends: "Lee, Patti and the Sales department". */
function withOthers(words: Said['words'], first: Run, names: readonly Run[]): number {
  let { to } = first;
  for (;;) {
    if (words[to]?.base === 'department' && !words[to]?.afterBreak) to++;
    const joined = AND.has(words[to]?.text ?? '') || words[to]?.base === 'or' || words[to]?.afterComma;
    const next = joined && firstName(words, words[to]?.afterComma ? to : to + 1, names);
    if (!next) return to;
    to = next.to;
  }
}

/** What nobody knows is left out as far as it goes: three words, a comma or a time. */
function endOfWords(words: Said['words'], start: number, spans: readonly Run[]): number | null {
  let to = start;
  while (to < words.length && to - start < 3 && !(to > start && words[to]?.afterComma) && !isIn(spans, to))
    to++;
  return to > start ? to : null;
}
