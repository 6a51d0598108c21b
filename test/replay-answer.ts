/** Compares what `replay --json` printed with the answer that a case folder ships (`expected.json`). */
import { z } from 'zod';

const Actor = z.object({ kind: z.string(), id: z.string().nullable() }).nullable();
const Change = z.object({
  userId: z.string().nullable(),
  skuId: z.string().nullable(),
  newSkuId: z.string().nullish(),
  kind: z.string(),
  path: z.string().nullable(),
  verdict: z.string(),
  cause: z.string(),
  actor: Actor,
  evidence: z.array(z.string()),
  /** Records that the answer may name as well: copies, and what was seen beside the cause. */
  evidenceAlso: z.array(z.string()).default([]),
});
type Change = z.infer<typeof Change>;
const Incident = z.object({ cause: z.string(), userIds: z.array(z.string()), skuIds: z.array(z.string()) });
const Answer = z.object({
  changes: z.array(Change),
  incidents: z.array(Incident),
  /** Further verdicts, causes and paths that are right as well. */
  accept: z
    .object({
      verdict: z.array(z.string()).default([]),
      cause: z.array(z.string()).default([]),
      path: z.array(z.string().nullable()).default([]),
    })
    .default({ verdict: [], cause: [], path: [] }),
});
type Accepted = z.infer<typeof Answer>['accept'];

const low = (text: string | null | undefined): string => text?.toLowerCase() ?? '';
const sorted = (ids: readonly string[]): string => ids.map(low).sort().join();

const nameOf = (change: Change): string =>
  [change.kind, low(change.userId), low(change.skuId), low(change.newSkuId), low(change.path)].join(' ');

/** A system's id differs from tenant to tenant, so that only its kind counts. */
const verdictOf = ({ verdict, cause, actor }: Change): string =>
  [
    verdict,
    cause,
    actor === null ? 'nobody' : `${actor.kind} ${actor.kind === 'system' ? '' : low(actor.id)}`,
  ]
    .join(', ')
    .trim();

const incidentOf = ({ cause, userIds, skuIds }: z.infer<typeof Incident>): string =>
  `${cause}: users ${sorted(userIds)}, SKUs ${sorted(skuIds)}`;

/** Every difference between the answer that is right and the one that was given, a sentence each. */
export function differences(expectedJson: unknown, actualJson: unknown): string[] {
  const expected = Answer.parse(expectedJson);
  const actual = Answer.parse(actualJson);
  const given = new Map(
    actual.changes.map((change) => asWanted(change, expected)).map((change) => [nameOf(change), change]),
  );
  const found: string[] = [];
  for (const want of expected.changes) {
    const got = given.get(nameOf(want));
    given.delete(nameOf(want));
    if (!got) found.push(`missing change: ${nameOf(want)}`);
    else found.push(...wrongIn(want, got));
  }
  for (const name of given.keys()) found.push(`change that is none: ${name}`);
  return [...found, ...wrongIncidents(expected.incidents.map(incidentOf), actual.incidents.map(incidentOf))];
}

/** A change that took another accepted path, verdict or cause counts as the wanted one. */
function asWanted(change: Change, { changes, accept }: { changes: Change[]; accept: Accepted }): Change {
  const anyPath = (one: Change): string => nameOf({ ...one, path: null });
  const byPath = accept.path.map(low).includes(low(change.path));
  const twin =
    changes.find((want) => nameOf(want) === nameOf(change)) ??
    (byPath ? changes.find((want) => anyPath(want) === anyPath(change)) : undefined);
  if (!twin) return change;
  return {
    ...change,
    path: twin.path,
    verdict: accept.verdict.includes(change.verdict) ? twin.verdict : change.verdict,
    cause: accept.cause.includes(change.cause) ? twin.cause : change.cause,
  };
}

function wrongIn(want: Change, got: Change): string[] {
  const found: string[] = [];
  if (verdictOf(want) !== verdictOf(got)) {
    found.push(`${nameOf(want)}: expected “${verdictOf(want)}”, got “${verdictOf(got)}”`);
  }
  const allowed = new Set([...want.evidence, ...want.evidenceAlso]);
  const missing = want.evidence.filter((id) => !got.evidence.includes(id));
  const foreign = got.evidence.filter((id) => !allowed.has(id));
  if (missing.length > 0) found.push(`${nameOf(want)}: evidence not named: ${missing.join()}`);
  if (foreign.length > 0) found.push(`${nameOf(want)}: named what is no evidence: ${foreign.join()}`);
  if (new Set(got.evidence).size < got.evidence.length) found.push(`${nameOf(want)}: evidence named twice`);
  return found;
}

function wrongIncidents(want: readonly string[], got: readonly string[]): string[] {
  const left = [...got];
  const missing = want.filter((incident) => {
    const at = left.indexOf(incident);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  return [
    ...missing.map((incident) => `missing incident: ${incident}`),
    ...left.map((incident) => `incident that is none: ${incident}`),
  ];
}
