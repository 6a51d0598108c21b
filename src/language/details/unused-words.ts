import type { Intent } from '../facts.ts';
import { isSwitchWord } from './plan-wish.ts';
import { splitReason } from './reason.ts';
import { isIn, type Run, type Said, setOf, writtenIn } from './said.ts';

/** What makes a request depend on something, or last for a while, folded. */
const CONDITIONS = setOf(
  'if unless once whenever provided depending temporarily trial otherwise afterwards ' +
    'wenn falls sobald sofern vorubergehend testweise danach indien zodra mits tenzij tijdelijk daarna ' +
    'temporairement ensuite cuando temporalmente despues',
);
/** The same in one of their languages only, and only after a name. */
const AFTER_NAME = setOf('als si when quand instead statt anstatt lugar lieu');
/** Conditions that are only polite, folded. */
const POLITE =
  /\b(?:if|when|whenever|wenn|falls|als|si|quand|cuando) (?:it is no trouble|it s no trouble|possible|you (?:can|could|may|please|like|want|would|do not mind|dont mind|don t mind|get|have|find)|that s ok|that is ok|ok|moglich|du kannst|sie konnen|mogelijk|het kan|je kunt|u kunt|vous pouvez|tu peux|c est possible|es posible|puedes|puede)\b/;

/** Verbs of another request: "take E3 from Rick and give it to Lee" is two. Base words. */
const OTHER_REQUEST: Partial<Record<Intent, ReadonlySet<string>>> = {
  assign: setOf('remove snooze'),
  remove: setOf('assign snooze'),
  plans: setOf('remove snooze assign give'),
};
/** Words that order to switch something, with another word for the state. */
const TURNS = setOf('turn turns switch shut set put mach mache stell stelle schalt schalte zet doe');
/** Orders to put, take, give, remove and move that no lexicon has, folded, and the parts of German and Dutch ones. */
const REQUEST_VERBS =
  /^(?:aggiung|mett|inseri|assegn|togli|toglie|rimuov|elimin|leva|dai|dare|concedi|per favore|favore|prego|adicion|coloc|poe|ponha|inclu|insir|atribu|retir|remov|exclu|tira|tire|apag|da|dê|conced|hinzu|fuge|fuege|hinein|heraus|raus|rein|verschieb|versetz|stuf|hochstuf|herab|herunter|hinauf|runter|rauf|hoch|umstell|ubertrag|uebertrag|verplaats|overzet|omzet|verhuis|verhoog|verlaag|deplace|bascul|migre|mueve|mover|muev|pasa|sube|baja|sposta|spost|muda|mude|mova|migra|migrier|promote|bump|transfer|shift)/;
/** Requests of which every word counts, whatever it is: they write licenses, or end what protects somebody. */
const EVERY_WORD: ReadonlySet<Intent> = new Set([
  'assign',
  'remove',
  'swap',
  'plans',
  'set-channel',
  'end-rule',
  'extend-rule',
]);

/**
 * Words of a request that nothing is made of, as they were written: those that nobody knows, conditions, and what asks
 * for something else as well. What comes after "because" or a colon is its reason.
 * @param used what was understood besides names and times
 */
export function unusedWords(intent: Intent, said: Said, used: readonly Run[]): string[] {
  const { text, words, spans } = said;
  const end = splitReason(text).said.length;
  const unused: string[] = [];
  const isFree = (at: number): boolean => !isIn(spans, at) && !isIn(used, at);
  const nameBefore = (at: number): boolean => spans.some(({ to }) => to <= at);
  for (const [at, word] of words.entries()) {
    if (word.start >= end) break;
    if (!isFree(at) || word.inAddress) continue;
    if (isCondition(words, at, nameBefore(at))) {
      // A condition reaches to the end of what it says.
      const comma = words.findIndex((other, position) => position > at && other.afterComma);
      unused.push(writtenIn(said, { from: at, to: comma === -1 ? words.length : comma }));
      break;
    }
    const isOther =
      nameBefore(at) && OTHER_REQUEST[intent]?.has(word.base ?? '') && !isOneOrder(intent, words, at);
    const isUnknown =
      word.base === null &&
      !word.ordinary &&
      /^\p{L}{3,}$/u.test(word.text) &&
      !REQUEST_VERBS.test(word.text) &&
      !(intent === 'plans' && isSwitchWord(word.text));
    if (EVERY_WORD.has(intent) && (isOther || isUnknown))
      unused.push(writtenIn(said, { from: at, to: at + 1 }));
  }
  return unused;
}

/** What a question may stand before that it is asked about, folded. */
const BEFORE_PLACE = setOf('in at from im aus en dans aan bij called named');
/** What follows them and narrows nothing, folded. */
const NO_PLACE = setOf(
  'microsoft entra azure portal powershell pim teams general total detail details short csv excel english german french dutch ' +
    'spanish order full there here json ndjson',
);

/**
 * Words of a question that would make it about fewer, and that nothing is made of: names that nobody bears, and what
 * stands where a place would. @param used what was understood besides names and times
 */
export function unusedFilters(said: Said, unknown: readonly Run[], used: readonly Run[]): string[] {
  const { words, spans } = said;
  const isFree = (at: number): boolean => !isIn(spans, at) && !isIn(used, at) && !isIn(unknown, at);
  const places = words.flatMap((word, at) => {
    const before = words[at - 1]?.text ?? '';
    const isNumbered = /^\d+$/.test(words[at + 1]?.text ?? '') && isFree(at + 1);
    const isName = word.base === null && (!word.ordinary || word.capital || isNumbered);
    const stands = BEFORE_PLACE.has(before) && isFree(at) && !NO_PLACE.has(word.text);
    return stands && isName && /^\p{L}{3,}$/u.test(word.text)
      ? [writtenIn(said, { from: at, to: at + (isNumbered ? 2 : 1) })]
      : [];
  });
  return [...unknown.map((run) => writtenIn(said, run)), ...places];
}

/** Whether a verb about a plan is the first of its sentence: what it asks for is the switch, and nothing besides. */
const isOneOrder = (intent: Intent, words: Said['words'], at: number): boolean =>
  intent === 'plans' &&
  !words
    .slice(0, at)
    .some(
      ({ text, base }) => isSwitchWord(text) || TURNS.has(text) || base === 'remove' || base === 'assign',
    );

function isCondition(words: Said['words'], at: number, isAfterName: boolean): boolean {
  const word = words[at]?.text ?? '';
  if (!CONDITIONS.has(word) && !(AFTER_NAME.has(word) && isAfterName)) return false;
  return !POLITE.test(
    words
      .slice(at, at + 5)
      .map(({ text }) => text)
      .join(' '),
  );
}
