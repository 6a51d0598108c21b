/** How people write a value, and how the environment does. */

const HOURS = /^(?:h|hours?|stunden?|horas?|heures?|uur|uren|ore|ora)$/iu;
const WEEKS = /^(?:weeks?|wochen?|semanas?|semaines?|weken|week|settimane?)$/iu;
const MONTHS = /^(?:months?|monate?n?|mes(?:es)?|mois|maand(?:en)?|mesi|m[êe]s)$/iu;
const YEARS = /^(?:years?|jahre?n?|a[ñn]os?|ans?|ann[ée]es?|jaar|jaren|anni|anno|anos?)$/iu;
const AMOUNT = /^(\d+(?:[.,]\d+)?)\s*(\p{L}+)?$/u;

/** "Nobody" and "never" take a setting away. */
const NOTHING =
  /^(?:off|never|none|no(?:body|thing| one)?|default|the default|forever|disabled?|aus|nie(?:mals|mand)?|keine[nrs]?|nichts|standard|nunca|nadie|ningun[oa]?|desactivad[oa]|jamais|personne|aucune?|d[ée]sactiv[ée]e?|nooit|niemand|geen|uit|mai|nessuno|nessuna|disattivat[oa]|nenhuma?|ningu[ée]m|desativad[oa])$/iu;
const YES =
  /^(?:on|yes|true|enabled?|always|ein|an|ja|immer|s[íi]|siempre|activad[oa]|oui|toujours|activ[ée]e?|aan|altijd|sempre|attiv[oa]|sim|ativad[oa]|required|erforderlich|verplicht|obligatoire|obligatorio)$/iu;
const NO =
  /^(?:off|no|false|never|none|disabled?|nobody|aus|nein|nie|keine[nr]?|nunca|non|jamais|aucun|nee|nooit|geen|uit|mai|n[ãa]o)$/iu;

/** Settings that are on or off. */
const SWITCHES: ReadonlySet<string> = new Set(['REQUIRE_SECOND_APPROVER', 'KEEP_SENTENCES']);

export const isSwitch = (name: string): boolean => SWITCHES.has(name);

/** A value as the environment writes it; null takes the setting away. What it does not know stays as it was said. */
export function settingValue(name: string, said: string): string | null {
  const text = said.trim();
  if (isSwitch(name)) return YES.test(text) ? 'true' : NO.test(text) ? 'false' : text;
  if (NOTHING.test(text)) return null;
  switch (name) {
    case 'QUIET_HOURS':
      return quietHours(text);
    case 'DIGEST_TIME':
      return timeOfDay(text.replace(/^(?:at|um|a las|à|om|alle|às)\s+/iu, '')) ?? text;
    case 'SETTLE_MINUTES':
    case 'ESCALATE_AFTER_MINUTES':
      return amount(text, (unit) => (HOURS.test(unit) ? 60 : 1));
    case 'AUDIT_RETENTION_DAYS':
      return amount(text, (unit) =>
        WEEKS.test(unit) ? 7 : MONTHS.test(unit) ? 30 : YEARS.test(unit) ? 365 : 1,
      );
    case 'SECOND_APPROVER_ABOVE_USERS':
      return /\d+/.exec(text)?.[0] ?? text;
    case 'MASS_LOSS_PERCENT':
      return text.replace(',', '.').replace(/\s*(?:%|\p{L}+(?:\s\p{L}+)?)$/u, '');
    case 'TIME_ZONE':
      return zoneCalled(text) ?? text;
    case 'PRICE_LIST':
      return price(text);
    default:
      return text;
  }
}

function amount(text: string, factorOf: (unit: string) => number): string {
  const match = AMOUNT.exec(text);
  if (!match) return text;
  const number = Number(match[1]?.replace(',', '.')) * factorOf(match[2] ?? '');
  return String(number);
}

const TIME = String.raw`(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm|a\.m\.|p\.m\.|uhr|h|heures?|horas?|uur)?`;

/** "8am", "8:00", "8 Uhr", "20h30" as "08:00"; null for what is no time of day. */
function timeOfDay(text: string): string | null {
  const match = new RegExp(`^${TIME}$`, 'iu').exec(text.trim());
  return match ? hhmm(match[1], match[2], match[3]) : null;
}

function hhmm(hour = '', minute = '00', half = ''): string | null {
  const twelve = /^[ap]/i.exec(half)?.[0]?.toLowerCase();
  const number = twelve === undefined ? Number(hour) : (Number(hour) % 12) + (twelve === 'p' ? 12 : 0);
  if (number > 24 || Number(minute) > 59) return null;
  return `${String(number).padStart(2, '0')}:${minute}`;
}

const BETWEEN = String.raw`\s*(?:-|–|—|to|until|till|and|bis|und|a|hasta|y|à|et|jusqu[’']à|tot|en|e|alle|às|até)\s*`;

/** "10pm to 7am", "von 22 bis 7 Uhr" as "22:00-07:00"; what has days stays as it was written. */
function quietHours(text: string): string {
  const plain = text
    .replaceAll(/[–—]/gu, '-')
    .replace(/^(?:from|between|von|zwischen|de|entre|van|tussen|dalle|das)\s+/iu, '');
  const match = new RegExp(`^${TIME}${BETWEEN}${TIME}$`, 'iu').exec(plain);
  if (!match) return plain;
  const [, fromHour, fromMinute, fromHalf, toHour, toMinute, toHalf] = match;
  const from = hhmm(fromHour, fromMinute, fromHalf);
  const to = hhmm(toHour, toMinute, toHalf);
  return from === null || to === null ? plain : `${from}-${to}`;
}

/** The zone of a city, such as "Amsterdam"; null where none or several fit. */
function zoneCalled(text: string): string | null {
  const city = text
    .replace(/\s+(?:time|zeit|tijd)$/iu, '')
    .replaceAll(' ', '_')
    .toLowerCase();
  const zones = Intl.supportedValuesOf('timeZone');
  const whole = zones.find((zone) => zone.toLowerCase() === city);
  if (whole) return whole;
  const [zone, ...others] = zones.filter((one) => one.toLowerCase().endsWith(`/${city}`));
  return zone !== undefined && others.length === 0 ? zone : null;
}

const CURRENCIES: readonly (readonly [RegExp, string])[] = [
  [/€|\beuros?\b/iu, 'EUR'],
  [/\$|\bdollars?\b/iu, 'USD'],
  [/£|\bpounds?\b/iu, 'GBP'],
  [/\bfranken\b|\bfrancs\b/iu, 'CHF'],
];

/** "36,50 €" as "36.50 EUR". */
function price(text: string): string {
  const number = /\d+(?:[.,]\d+)?/.exec(text)?.[0]?.replace(',', '.');
  const currency = /\b[A-Z]{3}\b/.exec(text)?.[0] ?? CURRENCIES.find(([sign]) => sign.test(text))?.[1];
  return number === undefined || currency === undefined ? text : `${number} ${currency}`;
}
