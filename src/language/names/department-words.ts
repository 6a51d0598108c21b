/**
 * What departments are called in the languages of the lexicon, folded, a department a row: who writes "Vertrieb" may
 * mean the department that the directory calls "Sales".
 */
const ROWS: readonly string[] = [
  'sales|vertrieb|verkauf|verkoop|ventes|ventas',
  'finance|finanzen|finanzabteilung|financien|finances|finanzas',
  'accounting|buchhaltung|boekhouding|comptabilite|contabilidad',
  'hr|human resources|personalabteilung|personeelszaken|ressources humaines|recursos humanos|rh|rrhh',
  'it|information technology|informatik|informatique|informatica',
  'legal|rechtsabteilung|juridische zaken|juridique|service juridique|departamento juridico',
  'engineering|entwicklung|technik|techniek|ingenierie|ingenieria',
  'purchasing|procurement|einkauf|inkoop|achats|compras',
  'logistics|logistik|logistiek|logistique|logistica',
  'operations|betrieb|operaties|exploitation|operaciones',
  'manufacturing|production|produktion|fertigung|productie|fabricacion|produccion',
  'customer service|kundendienst|klantenservice|service client|atencion al cliente',
  'research|forschung|onderzoek|recherche|investigacion',
  'retail|einzelhandel|detailhandel|vente au detail|venta minorista',
];

const ROW_OF: ReadonlyMap<string, readonly string[]> = new Map(
  ROWS.flatMap((row) => {
    const names = row.split('|');
    return names.map((name) => [name, names] as const);
  }),
);

/** The other words for a department, folded; none where it has none. */
export const otherWordsFor = (name: string): readonly string[] =>
  (ROW_OF.get(name) ?? []).filter((other) => other !== name);

/** English words that are also something else count only where a department has them. */
const ALSO_ELSE = new Set(
  'it rh operations production research engineering retail betrieb technik'.split(' '),
);

/** Whether a folded word is a department's, also one that the directory does not have. */
export const isDepartmentName = (name: string): boolean => ROW_OF.has(name) && !ALSO_ELSE.has(name);
