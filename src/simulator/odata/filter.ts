import { filterTokens, type Token } from './filter-tokens.ts';
import { unsupportedQuery } from './options.ts';

const COMPARISONS = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'] as const;
export type Comparison = (typeof COMPARISONS)[number];
export type Literal = string | number | boolean | null;

/** A parsed `$filter`. Paths are property names joined by `/`; `$count` at the end counts a collection. */
export type Filter =
  | { kind: 'and' | 'or'; left: Filter; right: Filter }
  | { kind: 'not'; inner: Filter }
  | { kind: 'compare'; path: string; comparison: Comparison; value: Literal }
  | { kind: 'startswith'; path: string; value: string }
  /** `collection/any(x:…)`; paths inside are relative to the item. */
  | { kind: 'any'; path: string; inner: Filter };

const isComparison = (text: string): text is Comparison => (COMPARISONS as readonly string[]).includes(text);

function literalOf(token: Token): Literal {
  if (token.kind === 'text') return token.text;
  if (token.text === 'null') return null;
  if (token.text === 'true' || token.text === 'false') return token.text === 'true';
  return /^-?\d+(\.\d+)?$/.test(token.text) ? Number(token.text) : token.text;
}

/** Recursive descent over the part of OData that license clients use. */
class FilterParser {
  readonly #tokens: readonly Token[];
  #position = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  parse(): Filter {
    const filter = this.#or();
    if (this.#position < this.#tokens.length) throw this.#invalid();
    return filter;
  }

  #or(): Filter {
    let left = this.#and();
    while (this.#accept('or')) left = { kind: 'or', left, right: this.#and() };
    return left;
  }

  #and(): Filter {
    let left = this.#unary();
    while (this.#accept('and')) left = { kind: 'and', left, right: this.#unary() };
    return left;
  }

  #unary(): Filter {
    if (this.#accept('not')) return { kind: 'not', inner: this.#unary() };
    if (this.#accept('(')) {
      const inner = this.#or();
      this.#expect(')');
      return inner;
    }
    const name = this.#take();
    if (name.kind !== 'name') throw this.#invalid();
    if (name.text.toLowerCase() === 'startswith' && this.#accept('(')) return this.#startsWith();
    if (name.text.endsWith('/any') && this.#accept('(')) return this.#any(name.text.slice(0, -4));
    const comparison = this.#take().text.toLowerCase();
    if (!isComparison(comparison)) throw this.#invalid();
    return { kind: 'compare', path: name.text, comparison, value: literalOf(this.#take()) };
  }

  #startsWith(): Filter {
    const path = this.#take().text;
    this.#expect(',');
    const value = this.#take().text;
    this.#expect(')');
    return { kind: 'startswith', path, value };
  }

  #any(path: string): Filter {
    const variable = this.#take().text;
    this.#expect(':');
    const inner = withoutVariable(this.#or(), variable);
    this.#expect(')');
    return { kind: 'any', path, inner };
  }

  #take(): Token {
    const token = this.#tokens[this.#position];
    if (!token) throw this.#invalid();
    this.#position += 1;
    return token;
  }

  #accept(text: string): boolean {
    const token = this.#tokens[this.#position];
    if (!token || token.kind === 'text' || token.text.toLowerCase() !== text) return false;
    this.#position += 1;
    return true;
  }

  #expect(text: string): void {
    if (!this.#accept(text)) throw this.#invalid();
  }

  #invalid() {
    return unsupportedQuery('Invalid filter clause');
  }
}

/** Makes paths inside a lambda relative to its item: `t/id` with variable `t` is `id`. */
function withoutVariable(filter: Filter, variable: string): Filter {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return {
        ...filter,
        left: withoutVariable(filter.left, variable),
        right: withoutVariable(filter.right, variable),
      };
    case 'not':
      return { ...filter, inner: withoutVariable(filter.inner, variable) };
    default: {
      const path = filter.path === variable ? '' : filter.path.replace(`${variable}/`, '');
      return { ...filter, path };
    }
  }
}

/** Parses a `$filter`. Throws `Request_UnsupportedQuery` for what is not OData or beyond this part of it. */
export const parseFilter = (text: string): Filter => new FilterParser(filterTokens(text)).parse();

/** All property paths outside of lambdas, and those of lambdas joined to their collection. */
export function pathsOf(filter: Filter): string[] {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return [...pathsOf(filter.left), ...pathsOf(filter.right)];
    case 'not':
      return pathsOf(filter.inner);
    case 'any':
      return pathsOf(filter.inner).map((path) => `${filter.path}/${path}`);
    default:
      return [filter.path];
  }
}

/** Filters that need `ConsistencyLevel: eventual` and `$count=true`. */
export function needsIndex(filter: Filter): boolean {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return needsIndex(filter.left) || needsIndex(filter.right);
    case 'not':
      return true;
    case 'compare':
      return filter.comparison === 'ne' || filter.path.endsWith('/$count');
    default:
      return false;
  }
}
