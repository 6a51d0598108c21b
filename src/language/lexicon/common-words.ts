import list from './common-words.json' with { type: 'json' };

const setOf = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

/** Companies and their services that admins speak of, and that are no user's name. */
const COMPANIES = `google apple adobe zoom slack aws azure github gitlab jira confluence atlassian servicenow zendesk
  salesforce sap oracle cisco dropbox okta chatgpt openai gemini whatsapp facebook linkedin microsoft windows office
  outlook excel word powerpoint onenote graph powershell entra purview defender edge chrome firefox`;

/** Parts of an organisation, in the languages of the lexicon and as they are abbreviated. */
const DEPARTMENTS = `hr it rd r&d qa pr ceo cfo cio cto hq bi legal sales finance marketing retail rooms facilities
  engineering operations manufacturing design executive executives accounting accountancy payroll procurement
  purchasing logistics production research development support helpdesk servicedesk security compliance audit
  management administration warehouse recruiting recruitment communications controlling treasury
  vertrieb verkauf einkauf finanzen buchhaltung personal personalabteilung rechtsabteilung entwicklung produktion
  lager verwaltung geschaftsfuhrung geschaeftsfuehrung rechnungswesen forschung technik konstruktion kundendienst
  verkoop inkoop financien boekhouding personeelszaken juridisch productie magazijn directie onderzoek ontwikkeling
  klantenservice beheer ventes achats comptabilite juridique production direction recherche informatique logistique
  ressources rh rrhh ventas compras finanzas contabilidad recursos juridico produccion almacen direccion investigacion
  informatica logistica vendite acquisti contabilita risorse vendas financas contabilidade recursos`;

const COMMON: ReadonlySet<string> = new Set([
  ...Object.values(list.words).flatMap((words) => words.split(' ')),
  ...setOf(COMPANIES),
  ...setOf(DEPARTMENTS),
]);
const ALSO_NAMES = setOf(list.alsoNames);

/**
 * Whether a folded word is one of the most common words of English, German, Dutch, French, Spanish, Italian or
 * Portuguese, a company or a department: no misspelling of a name, and nobody whom the directory lacks. Source of the
 * words: see `common-words.json`, which `scripts/update-common-words.ts` makes.
 */
export const isCommonWord = (word: string): boolean => COMMON.has(word);

/** Whether a common word is also what people are called: Mark, Rose, Frank. */
export const isAlsoName = (word: string): boolean => ALSO_NAMES.has(word);
