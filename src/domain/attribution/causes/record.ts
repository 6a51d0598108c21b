import type { AuditEvent, LoggedLicense } from '../../audit/event.ts';
import type { LicenseAct } from '../../audit/license-act.ts';
import { servicePlanIdOf } from '../../license/catalogue.ts';
import type { DetectedChange } from '../../license/change.ts';
import { gives } from '../../license/user-state.ts';
import { actorNameOf } from '../actor-name.ts';
import type { Evidence } from '../evidence.ts';
import { type Finding, link, mergeChains } from '../finding.ts';
import type { Flip } from '../flips.ts';
import { productOf, userName } from '../names.ts';
import { type Root, rootOf } from '../root.ts';

/** How well an act fits: its records show the very difference, or only that something changed. */
export type Fit = 'shows' | 'possible';

type License = { skuId: string; disabledPlans: readonly string[] };
type Sides = { before: readonly LoggedLicense[]; after: readonly LoggedLicense[] };

const has = (licenses: readonly License[], skuId: string | null): boolean =>
  licenses.some((license) => license.skuId === skuId);

const plansOf = (licenses: readonly LoggedLicense[], skuId: string | null): string =>
  licenses
    .filter((license) => license.skuId === skuId)
    .flatMap((license) => license.disabledPlans.map((plan) => servicePlanIdOf(plan) ?? plan.toLowerCase()))
    .sort()
    .join();

/** Whether a record shows a difference in one SKU: it came, went, or has other plans. */
const differsIn = ({ before, after }: Sides, skuId: string): boolean =>
  has(before, skuId) !== has(after, skuId) || plansOf(before, skuId) !== plansOf(after, skuId);

const differsAnywhere = (sides: Sides): boolean =>
  [...sides.before, ...sides.after].some(({ skuId }) => differsIn(sides, skuId));

/** Whether the license sets of one record show this change. */
function showsChange(change: DetectedChange, sides: Sides): boolean {
  const { before, after } = sides;
  const lost = has(before, change.skuId) && !has(after, change.skuId);
  const gained = (skuId: string | null): boolean => !has(before, skuId) && has(after, skuId);
  switch (change.kind) {
    case 'lost':
      return lost;
    case 'gained':
      return gained(change.skuId);
    case 'swap':
      return lost || gained(change.newSkuId);
    case 'plans-changed':
      return (
        has(before, change.skuId) &&
        has(after, change.skuId) &&
        plansOf(before, change.skuId) !== plansOf(after, change.skuId)
      );
    case 'path-changed':
      // A second path leaves the set of licenses as it was, and is logged nevertheless; a difference in
      // another product is about that product.
      return !differsAnywhere(sides) || (change.skuId !== null && differsIn(sides, change.skuId));
    case 'never-granted':
    case 'account-removed':
    case 'account-restored':
    case 'subscription-changed':
    case 'seats-changed':
      return false;
  }
}

/** Whether an act explains a change; null when its records show that it was about something else. */
function fitOf(change: DetectedChange, act: LicenseAct): Fit | null {
  if (act.shown.length === 0) return 'possible';
  if (act.shown.some((sides) => showsChange(change, sides))) return 'shows';
  // The first of two paths goes without a difference in the set of licenses.
  return hasSeveralPaths(change) && !act.shown.some(differsAnywhere) ? 'possible' : null;
}

const hasSeveralPaths = ({ kind, before, after }: DetectedChange): boolean =>
  (kind === 'lost' && before.filter(gives).length > 1) ||
  (kind === 'gained' && after.filter(gives).length > 1);

type Candidate = { act: LicenseAct; root: Root | null; fit: Fit };

function candidates(change: DetectedChange, evidence: Evidence): Candidate[] {
  const acts = evidence.acts(change);
  const undoneAt = acts.findLast((act) => undoes(change, act))?.at ?? Number.NEGATIVE_INFINITY;
  return acts.flatMap((act) => {
    const fit = act.at < undoneAt ? null : fitOf(change, act);
    return fit === null ? [] : [{ act, root: rootOf(act.named, change, evidence.context), fit }];
  });
}

/** What was taken, given back and taken again was taken by the last act: those before the return explain nothing. */
function undoes(change: DetectedChange, { shown }: LicenseAct): boolean {
  if (change.kind !== 'lost' && change.kind !== 'gained') return false;
  const { skuId } = change;
  return shown.some(({ before, after }) =>
    change.kind === 'lost'
      ? !has(before, skuId) && has(after, skuId)
      : has(before, skuId) && !has(after, skuId),
  );
}

/** The best of the candidates: one that shows the change before one that may be it, then the latest. */
const best = (found: readonly Candidate[]): Candidate | null =>
  found.findLast(({ fit }) => fit === 'shows') ?? found.at(-1) ?? null;

/**
 * A record on the user whose actor is the answer: a person, a partner, an app, the directory sync. For a path
 * through a group only the very difference counts, for nobody can take an inherited license away directly.
 */
export function recordedAct(
  change: DetectedChange,
  flip: Pick<Flip, 'skuId'> | null,
  evidence: Evidence,
  accept: (fit: Fit) => boolean = () => true,
): Finding | null {
  const answers = candidates(change, evidence).filter(({ root, fit }) => root !== null && accept(fit));
  const chosen = best(flip ? forFlip(change, answers, flip.skuId) : answers);
  if (!chosen?.root) return null;
  const parts = change.kind === 'swap' && !flip ? bothHalves(change, answers, chosen) : [chosen];
  const others = new Set(answers.filter(({ fit }) => fit === 'possible').map(({ root }) => root?.actor?.id));
  return {
    // Two people changed something of this user, and neither record says what: no proof of which.
    level: chosen.fit === 'possible' && others.size > 1 ? 'likely' : 'proved',
    cause: chosen.root.cause,
    actor: chosen.root.actor,
    chain: mergeChains(
      parts.map(({ act, root }) => [
        link(act.at, sentence(change, actorNameOf(root, change, evidence)), act.events),
      ]),
    ),
    groupId: null,
  };
}

const forFlip = (change: DetectedChange, answers: readonly Candidate[], skuId: string): Candidate[] =>
  change.kind === 'swap'
    ? answers.filter(
        ({ act, fit }) =>
          fit === 'possible' ||
          act.shown.some((sides) => has(sides.before, skuId) !== has(sides.after, skuId)),
      )
    : [...answers];

/** A swap in two steps has a record for each: the removal and the addition. */
function bothHalves(change: DetectedChange, answers: readonly Candidate[], chosen: Candidate): Candidate[] {
  const showsRemoval = ({ act }: Candidate): boolean =>
    act.shown.some(({ before, after }) => has(before, change.skuId) && !has(after, change.skuId));
  const showsAddition = ({ act }: Candidate): boolean =>
    act.shown.some(({ before, after }) => !has(before, change.newSkuId) && has(after, change.newSkuId));
  if (showsRemoval(chosen) && showsAddition(chosen)) return [chosen];
  const other = showsRemoval(chosen) ? answers.findLast(showsAddition) : answers.findLast(showsRemoval);
  return other && other !== chosen ? [other, chosen] : [chosen];
}

/** The logs number the copies of a record differently, and may be seconds apart. */
const COPY_MS = 2_000;

/** The record of a service that only carried the change out; what stands behind it is looked for elsewhere. */
export function carriedOut(
  change: DetectedChange,
  evidence: Evidence,
): { at: number; records: AuditEvent[] } | null {
  const carried = candidates(change, evidence).filter(({ root }) => root === null);
  const found = best(carried);
  if (!found) return null;
  const { at } = found.act;
  const copies = carried.filter(({ act }) => Math.abs(act.at - at) <= COPY_MS);
  return { at, records: copies.flatMap(({ act }) => act.events) };
}

function sentence(change: DetectedChange, who: string): string {
  const user = userName(change);
  const product = productOf(change);
  switch (change.kind) {
    case 'gained':
      return `${who} gave ${user} ${product}.`;
    case 'swap':
      return `${who} changed ${product} of ${user} to ${productOf(change, change.newSkuId)}.`;
    case 'plans-changed':
      return `${who} changed the service plans of ${product} for ${user}.`;
    case 'path-changed':
      return `${who} changed how ${user} gets ${product}.`;
    default:
      return `${who} removed ${product} from ${user}.`;
  }
}
