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

/** Words of the work with licenses, folded, that are too rare for the lists: from the sentences of `training/`. */
const AT_WORK = `aanzetten abgenickt abgeschaltet abord acceptee acceptees acces accidentally achetees acknowledged adorno
  advisories affectation afwijzingen agregaselo ajenas aktuell alargando alargar allume angry apago apportees
  approbations aprobacion aprobar arrange arrete arreter asleep asociados astreinte atascado atendidas
  atribuicao atribuir attendus aufgezeichnet aufheben ausgeschieden authorised avertissements bascule
  beobachtest beschikken beschouwen betroffen bewaakte bidouille bislang bizarre blocked bloque bouclee bouge
  braces buitenstaanders buzon calculo carecen cerradas chess clique clore cloture cogidos cogiendo
  comprobarlo compromised comunicarme confirmo conflicterende consentimiento consomme consume consumed
  consumido contemplada contratadas daarbovenop dazugekommen decroche delegation desactivado desactive
  deserves deshabilitado dis disappearing distribucion distribuees dragons echoue efface effacer einrichten
  ejemplos emplacement emptied encendida ensename enterar enterarme erfasst escribeme esperadas esperados
  estrenaron executee fantomes fiddling finalizada formato fouille fraichement fraiches frozen fuhrst gained
  gardes gastaccount geerbt geerfd geklickt gemachtigd gestionar gevolgde granting grateful greyed
  groepslicenties habilitado habilite harmless headroom heredada herite heritee hinfallig hotmail huecos
  ieders ignoring impacte impressed incidencia incidencias informing ingenieria innecesariamente inplannen
  intencionada intervenu irgendwen irgendwer jaarbasis jammed journalises juridische leaver leere leerlo
  leserechte licentiebeheerders licentiegebied lifted ligada lizenzvergabe llover malware mandame mandarnos
  marcado merge migrating mitgeschrieben modificare nix normalidad notificarme obsolete obtuvieron organised
  ouderschapsverlof outs overbodig overlooked oversubscribed pancakes parental partially particulierement pdf
  pendiente permisos pique ponle ponselo posee practicante preferably privileged prolongation prononces
  propietario proroger prorroga prorrogar proveedor proveedores queue rab rade rangee rattachee rechazos
  recibieron reclaiming reconduit recupere redescendu referme refused regle reglee regles reingekommen
  reinitialise rejections releer relu remontent repartidos repartir reset resilie restructuring resuelto
  reveille risky sabbatical sacamelo saute sauter seguimiento servidores settled signalement siguela
  sobreasignadas sobreasignados sometidas soporte sors soucis stacked stilhouden sucrer suivies suivis
  surattribues surveille surveillee surveillees surveiller surveilles tenute terceros terminada teuersten
  tierce titulaires toi tokens tombees tope tow trafique traitees treating trucs typing uberlappenden
  uitgehaald unnecessary unpaid unternommen usarte valide valider valido vastgelegd vergaderzaal vergibt
  verrouille versehentlich verwachte vigiando vigiar vigilada vigiladas vigilado vigilados vigilancia vigilar
  vigiles virer viruses voorbeelden voorbeeldvragen watchlist wifi`;

const COMMON: ReadonlySet<string> = new Set([
  ...Object.values(list.words).flatMap((words) => words.split(' ')),
  ...setOf(COMPANIES),
  ...setOf(DEPARTMENTS),
  ...setOf(AT_WORK),
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
