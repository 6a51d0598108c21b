/** What both record forms say, in one shape. Texts are as the record has them; names are compared without case. */
import type { Fields } from './loose.ts';

export type Change = { name: string; before: string | null; after: string | null };

export type Thing = {
  /** In lower case: `user`, `group`, `serviceprincipal`, `application`, `role`, `policy` … */
  kind: string;
  id: string | null;
  name: string | null;
  /** User principal name. */
  upn: string | null;
};

export type ActorFacts = {
  /**
   * `service`: a part of Microsoft's own service, also the directory sync. `app`: any other application.
   * `anonymous`: somebody with a link. `nobody`: the record names none.
   */
  kind: 'person' | 'app' | 'service' | 'anonymous' | 'nobody';
  /** A user principal name, or the display name of an app. */
  name: string | null;
  /** Object id, lower case. */
  id: string | null;
};

export type Facts = {
  form: 'activity' | 'graph';
  raw: Fields;
  id: string;
  /** ms UTC. */
  at: number;
  operation: string;
  /** As the log writes it. */
  operationAsWritten: string;
  /** `Workload`, or the service that logged it. */
  log: string;
  category: string | null;
  outcome: 'worked' | 'refused' | 'unknown';
  reason: string | null;
  actor: ActorFacts;
  address: string | null;
  userAgent: string | null;
  things: readonly Thing[];
  changes: readonly Change[];
  /** Parameters of a cmdlet and properties of a mailbox operation, by their names in lower case. */
  parameters: ReadonlyMap<string, string>;
  /** Additional details, by their names in lower case. */
  details: ReadonlyMap<string, string>;
  correlation: string | null;
};

/** No operation has a longer name; what a hostile record adds is cut off before anything is searched in it. */
export const LONGEST_OPERATION = 300;

/** The change of a property, whatever the case of its name. */
export const changeOf = (facts: Facts, ...names: string[]): Change | undefined =>
  facts.changes.find(({ name }) => names.some((wanted) => wanted.toLowerCase() === name.toLowerCase()));

/** The first thing of a kind. */
export const thingOf = (facts: Facts, ...kinds: string[]): Thing | undefined =>
  facts.things.find(({ kind }) => kinds.includes(kind));

/** A parameter's text; undefined where the cmdlet was run without it. */
export const parameterOf = (facts: Facts, name: string): string | undefined =>
  facts.parameters.get(name.toLowerCase());
