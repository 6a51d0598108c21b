/** Words and turns that speak of time, in the languages of the lexicon and in Italian and Portuguese, folded. */

/** What one word is, in the base words that the time grammar reads; compounds are several. */
const WORDS: Readonly<Record<string, string>> = {
  // parts of the day
  'this morning': 'vanochtend vanmorgen stamattina stamani',
  'this afternoon': 'vanmiddag',
  'this evening': 'vanavond stasera',
  'last night': 'anoche vannacht stanotte',
  'yesterday morning': 'gisterochtend gistermorgen',
  'yesterday afternoon': 'gistermiddag',
  'yesterday evening': 'gisteravond',
  afternoon: 'nachmittag namiddag nachmittags aprem pomeriggio',
  morning: 'vormittag vormittags ochtend matin matinee mattina fruh frueh',
  evening: 'abend abends avond soir soiree sera',
  noon: 'mittag mittags midi mediodia mezzogiorno',
  midnight: 'midnight mitternacht middernacht minuit medianoche mezzanotte',
  // days
  today: 'oggi hoje',
  yesterday: 'ieri ontem',
  tomorrow: 'domani amanha',
  daybeforeyesterday: 'avantieri anteontem antier',
  monday: 'lunedi',
  tuesday: 'martedi',
  wednesday: 'mercoledi',
  thursday: 'giovedi',
  friday: 'venerdi',
  saturday: 'sabato',
  sunday: 'domenica',
  weekend: 'weekend weekends finde wochenende weekeinde',
  // months
  january: 'gennaio janeiro',
  february: 'febbraio fevereiro',
  march: 'marz maerz',
  april: 'aprile abril avril',
  may: 'maggio maio',
  june: 'giugno junho',
  july: 'luglio julho',
  september: 'settembre setembro',
  october: 'ottobre outubro',
  november: 'novembro noviembre',
  december: 'dicembre dezembro',
  // lengths
  minute: 'minuut minuten minuto minutos minuti',
  day: 'giorno giorni dias',
  week: 'settimana settimane semanas semaines kw kalenderwoche',
  month: 'mese mesi',
  quarter: 'trimestre trimestres trimester trimestri quartale kwartalen',
  year: 'anno anni',
  fortnight: 'quinzaine quincena',
  // relations
  last: 'vorige vorigen vorigem voriger voriges vorig letztem vergangener vergangenes vergangenem afgelopen passee passees passada passadas scorsa scorso scorsi scorse ultimi ultime verstreken',
  this: 'esta este dieses diesem questa questo',
  next: 'kommende kommender kommendes kommendem folgende folgenden folgender eerstvolgende aankomende aankomend komend komende volgend nachstes nachstem naechstes naechstem prossimo prossima prossimi prossime seguinte entrante entrant vindouro',
  since: 'dal dalla',
  ago: 'geleden fa atras',
  until: 'bis tot fino ate',
  'beginning of': 'anfang begin debut principio principios inicio comienzo inizio aanvang',
  'end of': 'ende eind einde finales final fin',
  'last month': 'vormonat',
  'last week': 'vorwoche',
  'last year': 'vorjahr',
  'beginning of this year': 'jahresbeginn jahresanfang',
  'beginning of this month': 'monatsbeginn monatsanfang',
  'beginning of this week': 'wochenbeginn wochenanfang',
  'end of this year': 'jahresende',
  'end of this month': 'monatsende',
  'end of this week': 'wochenschluss',
  'this year': 'ytd',
  'this month': 'mtd',
  // numbers
  '2': 'dois duas twee zwei',
  '3': 'tre tres',
  '4': 'vier quatre cuatro quattro quatro',
  '5': 'vijf funf fuenf cinq cinco cinque',
  '6': 'zes sechs seis',
  '7': 'sette',
  '8': 'acht huit ocho otto oito',
  '9': 'negen neun neuf nueve nove',
  '10': 'tien zehn dix diez dieci',
  '12': 'twaalf zwolf zwoelf douze doce dodici',
  '14': 'veertien vierzehn quatorze catorce',
  '15': 'fifteen vijftien funfzehn fuenfzehn quinze quince quindici',
  '20': 'twintig zwanzig vingt veinte venti',
  '24': 'vierundzwanzig vierentwintig veinticuatro',
  '30': 'dertig dreissig trente treinta trenta',
  '45': 'fortyfive',
  '60': 'zestig sechzig soixante sesenta',
  '90': 'negentig neunzig noventa',
  first: 'erste ersten erstes eerste premier premiere primer primero primo primeiro',
  second: 'zweite zweiten zweites tweede deuxieme segundo secondo',
  third: 'dritte dritten drittes derde troisieme tercer tercera terzo terceiro',
  fourth: 'vierte vierten viertes vierde quatrieme cuarto quarto',
  half: 'halbe halber halve demi media meia',
};

/** What several words are together. */
const PHRASES: Readonly<Record<string, string>> = {
  next: 'que viene|que vienen|que entra|qui vient|a venir|che viene|che verra|que vem|que vienne|por venir',
  ago: 'il y a|y a',
  'last night':
    'la nuit derniere|nuit derniere|cette nuit|letzte nacht|letzter nacht|vergangene nacht|heute nacht|afgelopen nacht|la noche pasada',
  'this morning': 'ce matin|heute morgen|heute fruh|heute vormittag|esta manana|questa mattina|esta manha',
  'yesterday morning':
    'hier matin|gestern morgen|gestern fruh|ayer por la manana|ayer en la manana|ieri mattina|ontem de manha',
  'yesterday afternoon': 'hier apres midi|ayer por la tarde|ayer en la tarde|ontem a tarde',
  'yesterday evening': 'hier soir|ayer por la noche|ayer en la noche|ieri sera|ontem a noite',
  afternoon: 'apres midi|por la tarde|en la tarde|de la tarde|im laufe des nachmittags',
  morning: 'por la manana|en la manana|de la manana|am morgen',
  evening: 'por la noche|en la noche|de la noche',
  daybeforeyesterday: 'avant hier|antes de ayer|laltro ieri',
  weekend: 'week end|fin de semana|fines de semana|fin de semaine|fine settimana|fim de semana',
  'half hour': 'demi heure|media hora|mezz ora|meia hora|half uur|halbe stunde|halben stunde',
  'this year': 'year to date|depuis le debut de lannee',
  'this month': 'month to date|ce mois ci',
  'this week': 'week to date|cette semaine ci',
  until: 'up until|tot en met|t m|tot aan|bis zum|bis zu|bis einschliesslich|hasta el|jusqu au|jusqu a',
  'week before last': 'week before last|vorletzte woche|vorletzten woche|avant derniere semaine',
  'last week': 'semaine passee|semana passada|settimana scorsa',
  'last weekend': 'week end passe|weekend passe',
  'last month': 'mois passe',
  '- month': 'un mes|el mes',
  'last year': 'an passe',
  'past week': 'this past week',
  'past month': 'this past month',
  'since yesterday': 'from yesterday on|from yesterday onwards|da ieri|a partir de ontem|a partire da ieri',
  monday: 'segunda feira',
  tuesday: 'terca feira',
  wednesday: 'quarta feira',
  thursday: 'quinta feira',
  friday: 'sexta feira',
  'since monday': 'da lunedi|from monday on|from monday onwards',
  'since tuesday': 'da martedi|from tuesday on|from tuesday onwards',
  'since wednesday': 'da mercoledi|from wednesday on|from wednesday onwards',
  'since thursday': 'da giovedi|from thursday on|from thursday onwards',
  'since friday': 'da venerdi|from friday on|from friday onwards',
  'since saturday': 'da sabato|from saturday on|from saturday onwards',
  'since sunday': 'da domenica|from sunday on|from sunday onwards',
};

const listed = (table: Readonly<Record<string, string>>, separator: string): Map<string, readonly string[]> =>
  new Map(
    Object.entries(table).flatMap(([bases, forms]) =>
      forms.split(separator).map((form) => [form, bases.split(' ')] as const),
    ),
  );

const BY_WORD = listed(WORDS, ' ');
const BY_PHRASE = listed(PHRASES, '|');
/** The longest turn by its first word: most words begin none. */
const LONGEST_FROM = new Map<string, number>();
for (const phrase of BY_PHRASE.keys()) {
  const words = phrase.split(' ');
  const [first = ''] = words;
  LONGEST_FROM.set(first, Math.max(words.length, LONGEST_FROM.get(first) ?? 0));
}

/** The days of the week that German and Dutch join with a part of the day: "Freitagnachmittag", "vrijdagmiddag". */
const DAYS: Readonly<Record<string, string>> = {
  monday: 'montag maandag',
  tuesday: 'dienstag dinsdag',
  wednesday: 'mittwoch woensdag',
  thursday: 'donnerstag donderdag',
  friday: 'freitag vrijdag',
  saturday: 'samstag zaterdag',
  sunday: 'sonntag zondag',
};
const PARTS: Readonly<Record<string, string>> = {
  morning: 'morgen vormittag ochtend',
  afternoon: 'mittag nachmittag middag namiddag',
  evening: 'abend avond',
  night: 'nacht',
};
const JOINED = new Map(
  [...listed(DAYS, ' ')].flatMap(([day, bases]) =>
    [...listed(PARTS, ' ')].map(([part, partBases]) => [`${day}${part}`, [...bases, ...partBases]] as const),
  ),
);

/** The base words of a folded word that speaks of time, several for a compound; null when it does not, by itself. */
export const timeWord = (text: string): readonly string[] | null =>
  BY_WORD.get(text) ?? JOINED.get(text) ?? null;

/** The longest turn of several folded words that begins at `start`, and its base words; null where none does. */
export function timeTurn(
  texts: readonly string[],
  start: number,
): { length: number; bases: readonly string[] } | null {
  const longest = LONGEST_FROM.get(texts[start] ?? '') ?? 0;
  for (let length = Math.min(longest, texts.length - start); length > 1; length--) {
    const bases = BY_PHRASE.get(texts.slice(start, start + length).join(' '));
    if (bases) return { length, bases };
  }
  return null;
}
