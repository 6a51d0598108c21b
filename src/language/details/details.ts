import { factsOf, isAbout, isBare } from '../facts.ts';
import type { DepartmentIndex } from '../names/departments.ts';
import type { Details, Exclusion, Intent } from '../query.ts';
import { type AccountsAsked, accountsIn, lacksService } from './accounts.ts';
import { auditingAsked } from './auditing-words.ts';
import { asksForBoard } from './board.ts';
import { deedsIn } from './decision-kinds.ts';
import { exclusions } from './exclusion.ts';
import { groupingIn } from './grouping.ts';
import { healthServices } from './health-service.ts';
import { limitIn } from './limit.ts';
import { type PlaceNamed, placesNamed } from './places.ts';
import { asksForProducts, planWish } from './plan-wish.ts';
import { rightsAsked } from './rights.ts';
import { ruleNumberIn } from './rule-number.ts';
import { isIn, type Run, type Said, writtenIn } from './said.ts';
import { type PlanNamed, plansNamed } from './service-plans.ts';
import { settingAsked } from './setting.ts';
import { swapSides } from './swap-sides.ts';
import { sidesOf, togetherIn } from './together.ts';
import { unusedFilters, unusedWords } from './unused-words.ts';

/** A case at Microsoft's support, in five languages. */
const EVIDENCE =
  /\bsupport[- ]?(?:case|ticket|request|fall|anfrage|zaak)|\bevidence\b|\bbeweis|\bnachweis|\bbewijs|\bpreuves?\b|\bpruebas\b|\bcaso de soporte|\b(?:dossier|cas|demande|ticket) (?:de |pour le |au )?support|\bcaso para (?:el )?soporte|\bticket\b.*\bmicrosoft/iu;

/** What leaves a service out of a license that is given: "assign E3 without Sway". */
const WITHOUT = /\b(?:without|but not|ohne|zonder|sans|sin|senza|sem)\b/iu;

/**
 * What stands in a sentence besides people, products, groups and times, with its place; `unknown` are names that
 * nobody bears.
 */
export type Marked = {
  plans: PlanNamed[];
  /** The same words also where they mean something else: no product that is missing. */
  services: Run[];
  places: PlaceNamed[];
  excluded: Run[];
  unknown: readonly Run[];
};

/** Finds service plans, departments, countries, and what is left out. */
export function markedIn(said: Said, departments: DepartmentIndex | undefined): Marked {
  const services = plansNamed(said);
  const plans = services.filter(({ isMeant }) => isMeant);
  const places = placesNamed(said, departments, plans);
  return { plans, places, services, excluded: exclusions(said, places), unknown: [] };
}

/** The spans that say what is asked about: not what is left out, and no product that is a service plan. */
export const spansAskedAbout = <Span extends Run>(
  spans: readonly Span[],
  { services, excluded }: Marked,
): Span[] =>
  spans.filter(
    ({ from, to }) => !isIn(excluded, from) && !services.some((one) => one.from < to && from < one.to),
  );

/**
 * What a sentence says besides, as its intent understands it. @param rule the sentence as it was typed, with the
 * number of a rule
 */
export function detailsIn(intent: Intent, said: Said, marked: Marked, typed: string): Partial<Details> {
  const isAsked = ({ from }: Run): boolean => !isIn(marked.excluded, from);
  const places = marked.places.filter(isAsked);
  const spans = said.spans.filter(isAsked);
  const sides = intent === 'swap' ? swapSides({ ...said, spans }) : null;
  const rule = intent === 'end-rule' || intent === 'extend-rule' ? ruleNumberIn(typed) : null;
  const { accounts, holding, path } = accountsOf(intent, said);
  const wish = intent === 'plans' ? planWish(typed) : {};
  // A wish to have plans switched is a request, although the question about plans is none.
  const isRequest = factsOf(intent).writes || wish.planTurn !== undefined;
  return withoutNothing({
    rule,
    by: factsOf(intent).writes
      ? null
      : (groupingIn(said.text) ?? (intent === 'plans' && asksForProducts(typed) ? 'product' : null)),
    deeds: intent === 'decisions' ? deedsIn(typed) : [],
    auditing: intent === 'coverage' ? auditingAsked(typed) : null,
    board: intent === 'incidents' && asksForBoard(typed) ? true : null,
    evidence: intent === 'export' && EVIDENCE.test(typed) ? true : null,
    healthOf: intent === 'service-issues' ? healthServices(typed) : [],
    rights: intent === 'roles' ? rightsAsked(typed) : null,
    from: sides?.from ?? [],
    to: sides?.to ?? [],
    together: intent === 'plans' ? [] : togetherIn({ ...said, spans }),
    sides: intent === 'plans' ? sidesOf(spans) : [],
    plans: [...new Set(marked.plans.filter(isAsked).map(({ name }) => name))],
    ...wish,
    ...(intent === 'assign' && marked.plans.some(isAsked) && WITHOUT.test(typed)
      ? { planState: 'off' as const }
      : {}),
    departments: namesOf(places, 'department'),
    countries: namesOf(places, 'country'),
    except: marked.excluded.length > 0 ? exclusionIn(said, marked) : null,
    limit: factsOf(intent).writes ? null : limitIn(said.text),
    unused: unusedIn(intent, said, marked, isRequest),
    accounts,
    holding: intent === 'plans' && lacksService({ ...said, spans }, marked.plans) ? 'none' : holding,
    path,
    setting:
      intent === 'settings' || intent === 'set-setting'
        ? settingAsked(typed, intent === 'set-setting')
        : null,
  });
}

function unusedIn(
  intent: Intent,
  said: Said,
  { plans, places, excluded, unknown }: Marked,
  isRequest: boolean,
): string[] {
  const used = [...plans, ...places, ...excluded];
  // Whatever is said may be the value.
  if (intent === 'settings' || intent === 'set-setting') return [];
  // What is the same for everybody has no place for a name.
  if (isBare(intent)) {
    const names = namesIn(said).filter(
      (run) => !isIn(used, run.from) && !(intent === 'service-issues' && run.isProduct),
    );
    const words = intent === 'set-channel' ? unusedWords(intent, said, [...used, ...unknown]) : [];
    return [...names.map((run) => writtenIn(said, run)), ...words];
  }
  if (isRequest) return unusedWords(intent, said, [...used, ...unknown]);
  if (intent === 'export') return [];
  // Where people are asked about, a name that nobody bears is asked back.
  const nobody = isAbout(intent, 'people') ? [] : unknown.filter(({ from }) => !isIn(used, from));
  return unusedFilters(said, nobody, isAbout(intent, 'people') ? [...used, ...unknown] : used);
}

const namesIn = ({ spans }: Said): (Run & { isProduct: boolean })[] =>
  spans.flatMap(({ from, to, meaning }) =>
    meaning.kind === 'time' ? [] : [{ from, to, isProduct: meaning.kind === 'sku' }],
  );

/** The questions that may be about some kinds of account, or about one way in which a license comes. */
const ABOUT_ACCOUNTS: ReadonlySet<Intent> = new Set([
  'guests',
  'unlicensed',
  'directory',
  'sku-users',
  'export',
]);

function accountsOf(intent: Intent, said: Said): AccountsAsked {
  if (!ABOUT_ACCOUNTS.has(intent)) return { accounts: [], holding: null, path: null };
  const read = accountsIn(said);
  // The question about guests says by itself that they are.
  const isUsual = intent === 'guests' && read.accounts.length === 1 && read.accounts[0] === 'guest';
  const asked = isUsual ? { ...read, accounts: [] } : read;
  // Who has no license, and who has a product, says by itself what they hold.
  const isSaid = intent !== 'guests' && asked.accounts.length === 0;
  return isSaid || intent === 'sku-users' ? { ...asked, holding: null } : asked;
}

const namesOf = (places: readonly PlaceNamed[], kind: PlaceNamed['kind']): string[] => [
  ...new Set(places.filter((place) => place.kind === kind).map(({ name }) => name)),
];

function exclusionIn(said: Said, { places, excluded }: Marked): Exclusion {
  const isLeftOut = ({ from }: Run): boolean => isIn(excluded, from);
  const spans = said.spans.filter(isLeftOut).map(({ meaning }) => meaning);
  const left = places.filter(isLeftOut);
  return {
    people: unique(spans.flatMap((one) => (one.kind === 'person' && one.ids.length === 1 ? one.ids : []))),
    skus: unique(spans.flatMap((one) => (one.kind === 'sku' ? one.skuIds : []))),
    groups: unique(
      spans.flatMap((one) => (one.kind === 'group' && one.groupIds.length === 1 ? one.groupIds : [])),
    ),
    departments: namesOf(left, 'department'),
    countries: namesOf(left, 'country'),
    said: excluded.map((run) => writtenIn(said, run)).join(', '),
  };
}

const unique = (ids: readonly string[]): string[] => [...new Set(ids)];

type Perhaps = { [Key in keyof Details]?: Details[Key] | null };

/** Only what was said: a detail of null or of no items is absent. */
const withoutNothing = (details: Perhaps): Partial<Details> =>
  Object.fromEntries(
    Object.entries(details).filter(
      ([, value]) => value !== null && !(Array.isArray(value) && value.length === 0),
    ),
  );
