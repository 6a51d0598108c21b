import { Refusal } from './message.ts';

export type Params = Readonly<Record<string, string>>;

/** `path` is `/v1.0/users/:id`; a segment `:name` takes one segment and hands it over decoded. */
export type Routed = { readonly method: string; readonly path: string };

type Compiled<R> = { route: R; segments: readonly string[] };

/** The value of a parameter that the path surely has. */
export function param(params: Params, name: string): string {
  const value = params[name];
  if (value === undefined) throw new RangeError(`The route has no parameter ":${name}".`);
  return value;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new Refusal(400, 'BadRequest', 'The request URL is not correctly percent-encoded.');
  }
}

function match(segments: readonly string[], actual: readonly string[]): Params | null {
  if (segments.length !== actual.length) return null;
  const params: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const value = actual[index] ?? '';
    if (segment.startsWith(':')) params[segment.slice(1)] = decoded(value);
    else if (segment.toLowerCase() !== value.toLowerCase()) return null;
  }
  return params;
}

/** A table of routes. Fixed segments win over parameters by standing first in the list. */
export class RouteTable<R extends Routed> {
  readonly #compiled: readonly Compiled<R>[];

  constructor(routes: readonly R[]) {
    this.#compiled = routes.map((route) => ({ route, segments: route.path.split('/').slice(1) }));
  }

  /** The route for a request; null when no path fits; `other-method` when only the method differs. */
  find(method: string, path: string): { route: R; params: Params } | 'other-method' | null {
    const actual = path.split('/').slice(1);
    let pathKnown = false;
    for (const { route, segments } of this.#compiled) {
      const params = match(segments, actual);
      if (!params) continue;
      if (route.method === method) return { route, params };
      pathKnown = true;
    }
    return pathKnown ? 'other-method' : null;
  }
}
