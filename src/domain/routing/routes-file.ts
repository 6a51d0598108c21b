import type { Level } from './labels.ts';

/** Whom a card calls: a person (object id or sign-in name) or a tag of the team (its id), with the name to call by. */
export type PersonText = { user?: string | undefined; tag?: string | undefined; name: string };

/** A text, or several. */
type Texts = string | readonly string[];

/** A route as the file has it. Alertmanager's words for the same mean the same. */
export type RouteText = {
  name?: string | undefined;
  /** Values by label, or conditions as Alertmanager writes them. */
  match?: Readonly<Record<string, Texts>> | Texts | undefined;
  matchers?: Texts | undefined;
  match_re?: Readonly<Record<string, string>> | undefined;
  at_least?: Level | undefined;
  channel?: string | undefined;
  receiver?: string | undefined;
  mention?: string | PersonText | undefined;
  on_call?: string | PersonText | undefined;
  quiet_hours?: Texts | false | undefined;
  time_zone?: string | undefined;
  breaks_through?: Level | readonly (Level | 'mass')[] | undefined;
  digest?: Level | false | undefined;
  continue?: boolean | undefined;
  routes?: readonly RouteText[] | undefined;
};

/** The file with routes, of the right form; whether it makes sense is found out by `compileRoutes`. */
export type RoutesFile = {
  /** Short names for channels: names or ids. */
  channels?: Readonly<Record<string, string>> | undefined;
  receivers?:
    | readonly {
        name: string;
        channel?: string | undefined;
        mention?: string | PersonText | undefined;
        on_call?: string | PersonText | undefined;
      }[]
    | undefined;
  people?: Readonly<Record<string, PersonText>> | undefined;
  /** Labels that rules of others give. */
  labels?: readonly string[] | undefined;
  quiet_hours?: Texts | false | undefined;
  time_zone?: string | undefined;
  digest_time?: string | undefined;
  route: RouteText;
};

/** A place in the file: the keys and numbers on the way to it. */
export type PathInFile = readonly (string | number)[];

/** What is wrong with a place of the file, in a sentence. `refused`: the file is not used; `warning`: it is. */
export type RouteProblem = { at: PathInFile; severity: 'refused' | 'warning'; message: string };

/** The name by which a route sends alerts nowhere. */
export const NOWHERE = 'none';
