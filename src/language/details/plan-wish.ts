import { fold } from '../names/fold.ts';
import type { Details, PlanState } from '../query.ts';

/** Words that ask how things are where a sentence begins with them: whatever verb follows is no order. */
const ASKS =
  /^(?:(?:hi|hello|hey|hallo|hola|bonjour|and|und|et|en|y|please tell me|tell me|show me|show|list|any|zeig|toon|montre|muestra)\b[ ,:]*)*(?:is|are|was|does|do|did|has|have|who|whose|whom|which|what|where|when|why|how|for whom|people|users|everyone|accounts|disabled|enabled|wer|wem|wen|bei wem|bei welchen|welche[rsnm]?|was|ist|sind|hat|warum|wie|wo|wie[ns]?|wat|welke|heeft|hebben|staat|staan|is|zijn|bij wie|waarom|qui|chez qui|quels?|quelles?|que|quoi|pourquoi|est|sont|combien|plans|quien|quienes|a quien|a quienes|cual|cuales|esta|estan|tiene|tienen|por que|planes)\b/;
/** What is only looked up, whatever verbs surround it: "have a look whether it is enabled". */
const LOOKS_UP =
  /\b(?:whether|know|look (?:at|if)|check if|see if|schau|sieh|kijk|regarde si|verifie si|mira si|comprueba si)\b/;
const PLEASE =
  /\b(?:please|pls|plz|bitte|bite|graag|alstublieft|aub|svp|s il (?:te|vous) plait|s'il (?:te|vous) plait|por favor)\b/;

/** What comes right before a state that is only told: "est désactivé", which is written as "est desactive". */
const BEING = String.raw`(?<!\b(?:est|sont|etait|is|are|was|were|be|been|plan)(?: il| elle| bien| encore| currently| still| already| not)? )`;

const verbs = (...patterns: string[]): RegExp => new RegExp(patterns.map((one) => `(?:${one})`).join('|'));

/** Orders to switch something off. Accents are gone; a participle tells a state and is no order. */
const TURN_OFF = verbs(
  String.raw`\b(?:turn|trun|switch|shut|flip|put|set|make|keep|toggle)\b.{0,60}?\boff\b`,
  String.raw`\b(?:disable|deactivate|stop|unassign|block)\b`,
  String.raw`\b(?:remove|take|pull|strip|drop)\b.{0,40}?\b(?:from|out of|away|off)\b`,
  String.raw`\b(?:want|wants|need|needs|get|have|wanted|would like)\b.{0,60}?\b(?:(?:switched|turned|shut) off|off|disabled|deactivated)\b`,
  String.raw`\b(?:should|must|can|may)(?:n t|nt|n't| not)? (?:not )?(?:have|run|be)\b.{0,40}?\b(?:off|disabled|without)\b`,
  String.raw`\bso that .{0,40}?\b(?:is|are) off\b`,
  String.raw`\b(?:schalte?|schalten|mache?|machen|dreh|drehe|stelle?|stell|nimm)\b.{0,60}?\b(?:aus|ab|raus|weg)\b`,
  String.raw`\b(?:deaktiviere?|deaktivieren|deaktiveren|(?:aus|ab)schalten|(?:aus|ab)zuschalten|abstellen)\b`,
  String.raw`\b(?:soll|sollen|kann|muss)\b.{0,40}?\b(?:weg|raus|aus|ohne)\b`,
  String.raw`\b(?:zet|doe|schakel|draai|haal)\b.{0,60}?\b(?:uit|af|weg|eraf)\b`,
  String.raw`\b(?:uitzetten|uitschakelen|uit te zetten|uit te schakelen|deactiveer|deactiveren|mag zonder|mogen zonder|mag eraf|mogen eraf|mag uit|moet uit)\b`,
  `${BEING}${String.raw`\b(?:desactive[rz]?|coupe[rz]?|eteins|eteindre|vire[rz]?|otez?|oter|retire[rz]?|enleve[rz]?)\b`}`,
  String.raw`\b(?:on la veut|on le veut|sans que)\b.{0,20}?\bsans\b`,
  `${BEING}${String.raw`\b(?:desactiva|desactivar|desactive|apaga|apagar|apague|deshabilita|deshabilitar|deshabilite|corta|cortar|quita|quitar|saca|sacar)(?:le|les|me|selo|sela)?\b`}`,
  String.raw`\b(?:lo|la) queremos sin\b`,
);

const TURN_ON = verbs(
  String.raw`\b(?:turn|trun|switch|flip|put|set|make|keep|toggle)\b.{0,60}?\bon\b`,
  String.raw`\b(?:enable|activate|reactivate|reenable)\b`,
  String.raw`\b(?:give|grant|let)\b (?!me\b|us\b|know\b).{1,60}`,
  String.raw`\bmake .{1,40} available\b`,
  String.raw`\b(?:want|wants|need|needs|get|have|wanted|would like)\b.{0,60}?\b(?:(?:switched|turned) (?:back )?on|enabled|activated)\b`,
  String.raw`\b(?:schalte?|schalten|mache?|machen|stelle?|stell)\b.{0,60}?\b(?:ein|an|frei)\b`,
  String.raw`\bhole?\b.{0,40}?\b(?:rein|zuruck)\b`,
  String.raw`\b(?:aktiviere?|aktivieren|reaktivieren|(?:ein|an|frei)schalten|(?:ein|an|frei)zuschalten)\b`,
  String.raw`\b(?:zet|doe|schakel)\b.{0,60}?\b(?:aan|in)\b`,
  String.raw`\b(?:aanzetten|inschakelen|aan te zetten|in te schakelen|activeer|activeren|terug aan|weer aan)\b`,
  `${BEING}${String.raw`\b(?:active[rz]?|reactive[rz]?|allume[rz]?|rallume[rz]?|remets?|remettre|remettez|debloque[rz]?|rends?|rendez)\b`}`,
  `${BEING}${String.raw`\b(?:activa|activar|active|reactiva|enciende|encender|encienda|habilita|habilitar|habilite|prende|prender|pon|vuelve a (?:encender|activar))(?:le|les|me|selo|sela)?\b`}`,
);

/** "Sway off for Nestor", "Exchange on for Joni": no verb at all. */
const SHORT = /^(?!.*\b(?:is|are|was|were)\b)[\w ]{2,40}? (on|off) for \w/;
const SHORT_COLON = /: ?(enable|disable)\.?$/;

const IS_NOT_ON =
  /\b(?:isn'?t|is not|not|aren'?t|inactive|inaktiv|nicht|niet|pas|no esta) (?:active|enabled|on|aktiv|actief|actif|activo)\b/;
const IS_OFF =
  /\b(?:off|disabled|deactivated|inactive|missing|aus|abgeschaltet|ausgeschaltet|deaktiviert|inaktiv|fehlt|uit|uitgeschakeld|uitgezet|gedeactiveerd|ontbreekt|desactive[es]*|coupe[es]*|eteint[es]*|apagad[oa]s?|desactivad[oa]s?|deshabilitad[oa]s?|partially)\b/;
/** Small words count where a sentence asks for a state with them; elsewhere they are something else. */
const IS_ON =
  /\b(?:enabled|activated|active|aktiv|aktiviert|eingeschaltet|aanstaan|ingeschakeld|actief|actifs?|actives?|allumes?|activad[oa]s?|activ[oa]s|activo|encendid[oa]s?|habilitad[oa]s?|(?:turned|switched|is|ist) (?:on|an)|(?:on|an|ein|aan)[?.! ]*$)\b|^(?:is|are|does|do|staat|staan|ist|sind)\b.*\b(?:on|an|aan)\b/;

/** Single words that switch a plan, or ask politely for it, folded: they are used, though no lexicon has them. */
const SWITCHES =
  /^(?:(?:re)?(?:en|dis)abl|(?:re|de|des)?a[ck]t[iv]|desact|reattiv|disattiv|riattiv|flip|toggl|unassign|(?:ein|aus|ab|an|frei)(?:zu)?(?:schalt|stell)|(?:uit|in|aan)(?:te)?(?:schakel|zet)|r?allum|rallum|etei|coup|debloqu|bloqu|apag|desapag|sac|prend|cort|quit|(?:des|re)?habilit|enc[ie]|retir|enlev|otez?$|oter$|virez?$|virer$|veuillez|deak|reak|dreh|draai|schakel|remet|spegn|accend|deslig|lig(?:a|ue|ar)|desativ|ativ)/;

/** Whether a word orders to switch something on or off; `text` is folded. */
export const isSwitchWord = (text: string): boolean => SWITCHES.test(text);

/**
 * What a sentence about service plans wants of them: to have them switched (`planTurn`), or to know of those that are
 * on or off (`planState`). A card asks before anything is switched, so a wish that is only a question costs a look.
 */
export function planWish(typed: string): Pick<Partial<Details>, 'planState' | 'planTurn'> {
  const text = fold(typed).replace(/[’´`]/g, "'");
  const turn = turnIn(text);
  if (turn !== null) return { planTurn: turn };
  const state = stateIn(text);
  return state === null ? {} : { planState: state };
}

function stateIn(text: string): PlanState | null {
  if (IS_NOT_ON.test(text)) return 'off';
  const [off, on] = [IS_OFF.test(text), IS_ON.test(text)];
  // "What is on, what is off" leaves nothing out.
  return off === on ? null : off ? 'off' : 'on';
}

function turnIn(text: string): PlanState | null {
  if ((ASKS.test(text) || LOOKS_UP.test(text)) && !PLEASE.test(text)) return null;
  const end = SHORT_COLON.exec(text)?.[1];
  if (end !== undefined) return end === 'enable' ? 'on' : 'off';
  const off = TURN_OFF.exec(text);
  const on = TURN_ON.exec(text);
  if (off && on) return latest(off, on);
  if (off || on) return off ? 'off' : 'on';
  const short = text.includes('?') ? undefined : SHORT.exec(text)?.[1];
  return short === 'on' || short === 'off' ? short : null;
}

/** "It is off, please enable it": the order comes last; of two at one place the longer one is meant. */
const latest = (off: RegExpExecArray, on: RegExpExecArray): PlanState =>
  off.index === on.index
    ? off[0].length <= on[0].length
      ? 'off'
      : 'on'
    : off.index > on.index
      ? 'off'
      : 'on';

/** What is said of a service alone: a product is assigned and removed, and a subscription is bought and ends. */
const SWITCHED = new RegExp(
  [
    String.raw`\b(?:turn|trun|switch|shut|flip|toggle)(?:ed|ing|s)?\b.{0,60}?\b(?:off|on)\b`,
    String.raw`\b(?:off|on)(?= (?:for|in|at) |[?.! ]*$)`,
    String.raw`\b(?:disabl|enabl|deactivat|reactivat)(?:e|ed|es|ing)\b`,
    String.raw`\b(?:de|re)?aktivier(?:e|en|t|te)?\b|\b(?:ab|aus|ein)(?:ge|zu)?schalte[tn]?\b`,
    String.raw`\b(?:hat|haben|schalte?|mache?|ist)\b.{0,40}?\b(?:aus|an|ein)(?=[?.! ]*$)`,
    String.raw`\b(?:heeft|hebben|zet|zetten|schakel|staat)\b.{0,40}?\b(?:uit|aan)(?= (?:voor|bij) |[?.! ]*$)`,
    String.raw`\b(?:(?:uit|in)(?:geschakeld|schakelen)|(?:uit|aan)(?:gezet|zetten)|(?:ge)?deactive(?:er|erd|ren))\b`,
    String.raw`\b(?:desactiv|reactiv|eteint|eteind|allum)\w*\b|\bactiv(?:e|ee?s?|er|ez)\b`,
    String.raw`\b(?:apag|deshabilit|habilit|encend|enciend|activad)\w*\b`,
  ].join('|'),
);
const BOUGHT = /\b(?:subscriptions?|trials?|abonnements?|abos?|suscripcion(?:es)?|expir\w*|seats?)\b/;

/** Whether a sentence speaks of what is switched on or off. */
export function asksForSwitched(typed: string): boolean {
  const text = fold(typed).replace(/[’´`]/g, "'");
  return SWITCHED.test(text) && !BOUGHT.test(text);
}

const PRODUCTS =
  /\b(?:which|what|any|welche[rmns]?|welke|quels?|quelles?|laquelle|lesquelles|que|cual|cuales)\b.{0,20}\b(?:products?|skus?|licen[cs]es?|subscriptions?|lizenz(?:en)?|produkte?n?|producten|licenties?|produits?|licencias?|productos?)\b|\bown (?:anything|something)\b/;

/** Whether a sentence asks which products contain something: "in which of our licenses is Intune". */
export const asksForProducts = (typed: string): boolean => PRODUCTS.test(fold(typed));
