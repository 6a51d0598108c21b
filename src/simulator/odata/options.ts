import type { ApiCall } from '../http/message.ts';
import { Refusal } from '../http/message.ts';

/** Query options by lower-case name without `$`: Graph takes them in any case and without the sign. */
export type OdataOptions = ReadonlyMap<string, string>;

export function odataOptions(query: URLSearchParams): OdataOptions {
  return new Map([...query].map(([name, value]) => [name.toLowerCase().replace(/^\$/, ''), value]));
}

/** Whether the request asks for the eventually consistent index, which some filters need. */
export const isEventual = (request: ApiCall): boolean =>
  String(request.headers.consistencylevel ?? '').toLowerCase() === 'eventual';

export function unsupportedQuery(message: string): Refusal {
  return new Refusal(400, 'Request_UnsupportedQuery', message);
}

/** Refuses options that the collection does not take. */
export function refuseOptions(options: OdataOptions, names: readonly string[]): void {
  for (const name of names) {
    if (options.has(name)) throw unsupportedQuery(`'$${name}' is not supported by the service.`);
  }
}

/** `$top`, or the default. Throws Graph's refusal outside 1..max. */
export function pageSize(options: OdataOptions, fallback: number, max: number): number {
  const text = options.get('top');
  if (text === undefined) return fallback;
  const size = Number(text);
  if (!Number.isInteger(size) || size < 1 || size > max) {
    throw new Refusal(
      400,
      'Request_BadRequest',
      `Invalid page size specified: '${text}'. Must be between 1 and ${max} inclusive.`,
    );
  }
  return size;
}

/** The names in `$select`; null when there is none. */
export function selected(options: OdataOptions): string[] | null {
  const text = options.get('select');
  if (text === undefined || text.trim() === '') return null;
  return [...new Set(text.split(',').map((name) => name.trim()))].filter((name) => name !== '');
}
