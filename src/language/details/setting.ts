import { CHAT_SETTINGS, PER_PRODUCT } from '../../domain/settings/chat-settings.ts';
import type { SettingAsked } from '../query.ts';
import { isSwitch, settingValue } from './setting-values.ts';
import { type SettingNamed, settingNamed } from './setting-words.ts';

const KNOWN: ReadonlySet<string> = new Set([
  ...CHAT_SETTINGS.map(({ name }): string => name),
  ...PER_PRODUCT,
]);

/** What stands between a setting and its value. */
const TO =
  /^(?:[’']s\s+)?(?:(?:the )?group\s+)?(?:(?:(?:should|must|can|ought to) be|sollen|soll|is|are|be|ist|sind|es|est|sont|zijn|è|sono|é)\s+(?!\p{L}+\?)|)(?:to\b|=|:|as\b|for\b|after\b|at\b|von\b|auf\b|als\b|für\b|nach\b|um\b|zu\b|a\b|en\b|como\b|por\b|durante\b|à\b|sur\b|pendant\b|comme\b|après\b|op\b|naar\b|voor\b|na\b|su\b|per\b|dopo\b|para\b|em\b|de\b)?\s*/iu;
/** What may follow a value and says nothing. */
const AFTER =
  /\s*(?:\b(?:please|bitte|por favor|s[’']il (?:vous|te) pla[îi]t|alstublieft|graag|per favore|ein|fest|um|in)|[.!?])+$/iu;
const QUOTES = /^["'“”„‚‘’«»‹›]+\s*|\s*["'“”„‚‘’«»‹›]+$/gu;
/** A verb that takes a setting away. */
const AWAY =
  /\b(?:turn(?:ing)? off|switch off|disable|remove|clear|reset|delete|drop|no|without|stop|don[’']?t|do not|deaktivier\w*|entfern\w*|l[öo]sch\w*|keine?n?|ohne|desactiva\w*|quita\w*|elimina\w*|borra\w*|sin|d[ée]sactive\w*|supprime\w*|enl[èe]ve\w*|retire\w*|sans|verwijder\w*|wis|geen|zonder|disattiva\w*|rimuovi|cancella|senza|desativ\w*|remov\w*|apag\w*|sem|ausschalten|abschalten|uitzetten)\b/iu;
const OFF_BEHIND = /^(?:off|aus|ab|uit)$/iu;
/** A verb that switches one on. */
const ON =
  /\b(?:require|turn on|switch on|enable|want|need|use|always|demand|ask for|verlang\w*|aktivier\w*|fordere|einschalten|exig\w*|activa\w*|requi\w*|active\w*|vereis\w*|activeer|gebruik|richied\w*|attiva\w*)\b/iu;
const ABOVE =
  /(?:above|over|more than|greater than|[üu]ber|mehr als|ab|m[áa]s de|plus de|meer dan|boven|pi[ùu] di|mais de|acima de)\s+(\d+)/iu;
/** Setting words before which the value may stand: "use Europe/Paris as the time zone". */
const VALUE_BEFORE =
  /^(?:please\s+)?(?:set|use|make|take|nimm|nutze|setze?|verwende|usa|pon|utilise|mets|prends|gebruik|neem|zet|usa|imposta|use|defina)\s+(.+?)\s+(?:as|for|als|f[üu]r|como|para|comme|pour|voor|come|per)(?:\s+(?:the|our|die|das|den|unsere|la|las|el|le|les|notre|de|het|onze|il|i|o|a))?$/iu;
/** What is not to be carried in a card or a log, whatever it is. */
const NEVER_SAID = /PASSWORD|SECRET|TOKEN|KEY|_URL$|CREDENTIAL/;

/** Which setting a sentence is about, and to what it is to be set; null where it names none. */
export function settingAsked(sentence: string, isChange: boolean): SettingAsked | null {
  const named = settingNamed(sentence.replace(/\s+/gu, ' ').trim(), KNOWN);
  if (named === null) return null;
  const name = withRoles(named);
  const product = named.product === undefined ? {} : { product: named.product.replaceAll(QUOTES, '') };
  if (!isChange || NEVER_SAID.test(name)) return { name, ...product };
  if (name === 'REQUIRE_SECOND_APPROVER') {
    const above = ABOVE.exec(named.after)?.[1];
    if (above !== undefined) return { name: 'SECOND_APPROVER_ABOVE_USERS', value: above };
  }
  const value = valueSaid(named, name);
  return value === undefined ? { name, ...product } : { name, ...product, value };
}

function valueSaid(named: SettingNamed, name: string): string | null | undefined {
  const isAway = AWAY.test(named.before);
  const said = named.value ?? (named.after.replace(TO, '') || (VALUE_BEFORE.exec(named.before)?.[1] ?? ''));
  const text = said.replace(AFTER, '').replaceAll(QUOTES, '').trim();
  if (text === '' || (isAway && OFF_BEHIND.test(text))) {
    if (isAway) return isSwitch(name) ? 'false' : null;
    return isSwitch(name) && ON.test(named.before) ? 'true' : undefined;
  }
  const value = settingValue(name, text);
  if (!isSwitch(name)) return value;
  // "Do not require a second approver for reassigns" says no value.
  if (isAway) return 'false';
  return value !== 'true' && value !== 'false' && ON.test(named.before) ? 'true' : value;
}

/** After it the value begins, whose words say nothing of the setting. */
const TO_VALUE = /\s(?:to|as|auf|als|à|sur|a|como|op|naar|su|para)\s|[:=]/iu;

/** Who has a role is a group or a list of directory roles; the words may say which. */
function withRoles({ name, before, words, after }: SettingNamed): string {
  if (!/^(?:OWNER|OPERATOR|READER|AUDITOR)$/.test(name)) return name;
  return /\broles?\b|\brolle\w*|\brol(?:es|len)?\b|\br[ôo]les?\b|\bruoli\b|\bpap[ée]is\b/iu.test(
    `${before} ${words} ${after.split(TO_VALUE, 1)[0] ?? ''}`,
  )
    ? `${name}_ROLES`
    : `${name}_GROUP_ID`;
}
