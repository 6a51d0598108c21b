import { z } from 'zod';

/** Nobody has a longer name or address. */
const LONGEST = 200;

const Parameter = z.object({
  name: z.string().max(100),
  value: z.union([z.string(), z.number().transform(String), z.boolean().transform(String)]),
});

/** What `composeExtension/query` brings. Before anything is typed, Teams sends `initialRun` in the place of words. */
const Search = z.object({
  commandId: z.string().min(1).max(100),
  parameters: z.array(Parameter).max(20).default([]),
});

export type SearchQuery = { commandId: string; said: (parameter: string) => string };

/** Reads a search; null when it is none that Teams would send, or longer than anybody types. */
export function readSearch(value: unknown): SearchQuery | null {
  const search = Search.safeParse(value);
  if (!search.success) return null;
  const { commandId, parameters } = search.data;
  if (parameters.some((parameter) => parameter.value.length > LONGEST)) return null;
  const said = (name: string) => parameters.find((parameter) => parameter.name === name)?.value.trim() ?? '';
  return { commandId, said };
}
