/** What people call a setting, in seven languages. */
const PHRASES: readonly (readonly [name: string, phrase: RegExp])[] = [
  [
    'QUIET_HOURS',
    /quiet (?:hours|times?)|do not disturb(?: hours)?|ruhezeit(?:en)?|nachtruhe|(?:horas?|horario) de silencio|heures? (?:calmes?|de silence)|stille uren|rusturen|ore (?:di silenzio|silenziose)|horas? (?:de sil[êe]ncio|silenciosas?)/iu,
  ],
  [
    'DIGEST_TIME',
    /(?:daily )?digest(?: time)?|t[äa]gliche[nr]? zusammenfassung|zusammenfassung|resumen(?: diario)?|r[ée]sum[ée](?: quotidien)?|(?:dagelijkse )?samenvatting|riepilogo(?: giornaliero)?|resumo(?: di[áa]rio)?/iu,
  ],
  ['ON_CALL_NAME', /name of (?:the person )?on[- ]call|on[- ]call name/iu],
  [
    'ON_CALL',
    /(?:person |who is )?on[- ]call(?: person)?|bereitschaft(?:sdienst)?|wachtdienst|piket(?:dienst)?|(?:persona de )?guardia|(?:personne d[’'])?astreinte|reperibilit[àa]|plant[ãa]o/iu,
  ],
  [
    'ESCALATE_AFTER_MINUTES',
    /escalat(?:e|ion|es)(?: (?:time|after))?|eskalation(?:szeit)?|eskalieren?|escalad[ao]|escalade|escalamiento|escalatie|escalation/iu,
  ],
  [
    'SETTLE_MINUTES',
    /settle (?:minutes|time)|settling time|wait(?:ing)?(?: time)? before (?:an? )?alerts?|(?:alert delay|delay before (?:an? )?alerts?)|wartezeit(?: vor (?:einer? )?(?:warnung|alarm|meldung)(?:en)?)?|tiempo de espera(?: antes de (?:una )?alertas?)?|d[ée]lai (?:d[’']attente|avant (?:une )?alertes?)|wachttijd(?: voor (?:een )?(?:melding|waarschuwing)(?:en)?)?|tempo di attesa(?: prima di un avviso)?|tempo de espera(?: antes de um alerta)?/iu,
  ],
  [
    'MASS_LOSS_PERCENT',
    /mass[- ]loss(?: (?:percent(?:age)?|threshold|limit))?|massenverlust(?:[- ]?(?:grenze|schwelle))?|p[ée]rdida masiva|perte massive|massaverlies(?:grens)?|perdita (?:di massa|massiva)|perda em massa/iu,
  ],
  [
    'TIME_ZONE',
    /time[- ]?zone|zeitzone|zona horaria|fuseau horaire|tijdzone|fuso or[áa]rio|fuso hor[áa]rio/iu,
  ],
  [
    'AUDIT_RETENTION_DAYS',
    /(?:audit (?:log )?)?retention(?: (?:of (?:the )?audit (?:records|logs?)|time|period))?|(?:keep|store) (?:the )?audit (?:records|logs?|data)|aufbewahrung(?:sfrist|sdauer|szeit)?(?: (?:der|von) [a-zäöü-]+)?|(?:retenci[óo]n|conservaci[óo]n)(?: de (?:los )?registros(?: de auditor[íi]a)?)?|(?:r[ée]tention|(?:dur[ée]e de )?conservation)(?: des (?:journaux|enregistrements)(?: d[’']audit)?)?|bewaartermijn(?: van (?:de )?(?:audit)?(?:logs?|records))?|conservazione(?: dei (?:registri|log))?|reten[çc][ãa]o(?: dos registos| dos registros)?/iu,
  ],
  [
    'REQUIRE_SECOND_APPROVER',
    /second[- ](?:approver|operator|approval)|four[- ]eyes(?: principle)?|two[- ]person rule|zweite[rnms]? (?:genehmiger(?:in)?|freigeber|freigabe|operator)|vier[- ]augen[- ]prinzip|segund[oa] (?:aprobador|operador|aprovador|aprova[çc][ãa]o|aprobaci[óo]n)|(?:deuxi[èe]me|second) (?:approbateur|op[ée]rateur)|tweede (?:goedkeurder|beoordelaar|operator|goedkeuring)|vier[- ]ogen(?:principe)?|secondo (?:approvatore|operatore)/iu,
  ],
  [
    'KEEP_SENTENCES',
    /keep(?:ing)? (?:the )?sentences(?: that you (?:do not|don[’']t) understand)?|(?:unverstandene )?s[äa]tze (?:behalten|speichern|aufheben)|guardar (?:las )?frases|conserver les phrases|zinnen bewaren|conservare le frasi/iu,
  ],
  [
    'SPARED_ACCOUNTS',
    /spared accounts?|accounts? to (?:be )?(?:left alone|spare)|(?:emergency|break[- ]?glass) accounts?|ausgenommene konten|notfallkonten|cuentas (?:exentas|de emergencia)|comptes (?:[ée]pargn[ée]s|d[’']urgence)|(?:uitgezonderde|nood)[- ]?accounts?|account (?:esclusi|di emergenza)|contas (?:isentas|de emerg[êe]ncia)/iu,
  ],
  ['SCOPED_OPERATORS', /scoped operators?|operators? of (?:an |the )?administrative units?/iu],
  [
    'OWNER',
    /(?:group (?:of|for) (?:the )?)?owners?[’']?(?:[- ]group| roles?)?|eigent[üu]mer(?:gruppe)?|besitzer(?:gruppe)?|propietarios?|propri[ée]taires?|eigenaar(?:en|s)?|proprietari[oa]?|propriet[áa]rios?/iu,
  ],
  [
    'OPERATOR',
    /(?:group (?:of|for) (?:the )?)?operators?[’']?(?:[- ]group| roles?)?|who (?:may|can) decide|operatoren(?:gruppe)?|operadores|op[ée]rateurs?|operatori/iu,
  ],
  [
    'READER',
    /(?:group (?:of|for) (?:the )?)?readers?[’']?(?:[- ]group| roles?)?|who (?:may|can) ask|leser(?:gruppe)?|lectores|lecteurs?|lezers?|lettori|leitores/iu,
  ],
  [
    'AUDITOR',
    /(?:group (?:of|for) (?:the )?)?auditors?[’']?(?:[- ]group| roles?)?|pr[üu]fer(?:gruppe)?|auditoren|auditores|auditeurs?|revisori/iu,
  ],
  ['BOT_PASSWORD', /(?:bot )?passwor[dt]|kennwort|passwort|contrase[ñn]a|mot de passe|wachtwoord|senha/iu],
  ['AAD_APP_CLIENT_SECRET', /(?:client[- ]?)?secret(?! (?:approv|operat))|geheimnis|secreto|clientgeheim/iu],
  ['DATABASE_URL', /database(?: url)?|datenbank|base de (?:datos|donn[ée]es|dados)/iu],
  ['GRAPH_URL', /graph (?:url|address|endpoint)|graph[- ]adresse/iu],
];

/** The same as whole words. What is said first is the setting; a later one may be its value: “Security Reader”. */
const WORDS = PHRASES.map(
  ([name, { source }]) =>
    [name, new RegExp(`(?<![\\p{L}\\p{N}_])(?:${source})(?![\\p{L}\\p{N}_])`, 'iu')] as const,
);

/** A product's name or price: the product follows, or stands between. */
const NAMING =
  /^(?:please |bitte |por favor )?(?:(?:re)?name|call|nenne?|benenne|umbenennen|nombra|llama|renombra|nomme|renomme|appelle|noem|hernoem|chiama|rinomina|nomeia|renomeia|chame) (?:the |das |el |la |le |il |het |de |o )?(?:product|produkt|producto|produit|prodotto|produto)?\s*(?<product>\S+)\s+(?:to |as |in |zu |um in |a |como |en |naar |als |come |para )?(?<value>.+)$/iu;
const NAME_OF =
  /(?:name|nombre|nom|naam|nome)(?: (?:of|von|des produkts|de|del producto|du produit|van|del prodotto|do produto))?(?: the)?(?: product| produkt)? (?<product>[A-Z0-9]+(?:_[A-Z0-9]+)+)(?:\s+(?:to|auf|a|à|op|naar|su|para|=|is)\s+(?<value>.+))?$/iu;
const PRICE =
  /(?:price|preis|precio|prix|prijs|prezzo|pre[çc]o)s?(?: (?:of|for|von|f[üu]r|de|del|du|van|voor|di|do|da|para))?(?: the| der| la| le| el| het| o| a)? (?<product>.+?)(?:\s+(?:to|auf|a|à|op|naar|su|para|=|is|ist)\s+(?<value>\S.*))?$/iu;

/** A setting as a sentence names it, the words before it and those after. `product` belongs to a name or a price. */
export type SettingNamed = {
  name: string;
  product?: string;
  before: string;
  /** As it was called. */
  words: string;
  after: string;
  value?: string;
};

const ENVIRONMENT = /(?<![\w/@.-])[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+(?![\w/@-])/gu;

/**
 * Finds the setting that a sentence names: by what people call it, or as the environment does.
 * @param known the names that are settings in the environment
 */
export function settingNamed(sentence: string, known: ReadonlySet<string>): SettingNamed | null {
  for (const { 0: word, index } of sentence.matchAll(ENVIRONMENT)) {
    const name = word.toUpperCase();
    if (known.has(name)) return named(name, sentence, index, word.length);
  }
  for (const [name, pattern] of [
    ['PRODUCT_NAMES', NAMING],
    ['PRODUCT_NAMES', NAME_OF],
    ['PRICE_LIST', PRICE],
  ] as const) {
    const groups = pattern.exec(sentence)?.groups;
    if (!groups?.product || /^(?:list|lists|liste|lijst|lista)$/iu.test(groups.product)) continue;
    const { product, value } = groups;
    return { name, product: product.trim(), before: '', words: '', after: '', ...(value ? { value } : {}) };
  }
  const [first] = WORDS.flatMap(([name, phrase]) => {
    const match = phrase.exec(sentence);
    return match ? [{ name, at: match.index, length: match[0].length }] : [];
  }).sort((one, two) => one.at - two.at || two.length - one.length);
  if (first) return named(first.name, sentence, first.at, first.length);
  const [other] = sentence.match(ENVIRONMENT) ?? [];
  return other === undefined ? null : { name: other.toUpperCase(), before: '', words: other, after: '' };
}

const named = (name: string, sentence: string, at: number, length: number): SettingNamed => ({
  name,
  before: sentence.slice(0, at).trim(),
  words: sentence.slice(at, at + length),
  after: sentence.slice(at + length).trim(),
});
