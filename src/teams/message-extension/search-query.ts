import { z } from 'zod';

/** Nobody has a longer name or address. */
const LONGEST = 200;

const INITIAL_RUN = 'initialRun';

const Parameter = z.object({
  name: z.string().max(100).nullish().default(''),
  value: z.union([z.string(), z.number().transform(String), z.boolean().transform(String)]),
});

/** What `composeExtension/query` brings. Before anything is typed, Teams sends `initialRun` in the place of words. */
const Search = z.object({
  parameters: z.array(Parameter).max(20).default([]),
});

/** `said` is what was typed for a parameter of ours. */
export type SearchQuery = { said: (parameter: string) => string };

/** Reads a search, of which there is one kind, whatever a client calls it; null when it is none that Teams would send, or longer than anybody types. */
export function readSearch(value: unknown): SearchQuery | null {
  const search = Search.safeParse(value);
  if (!search.success) return null;
  const { parameters } = search.data;
  if (parameters.some((parameter) => parameter.value.length > LONGEST)) return null;
  const typed = parameters.filter(({ name }) => name !== INITIAL_RUN);
  // The Agents Playground reads no manifest and gives a parameter a name of its own: a single one is ours.
  const [only] = typed.length === 1 ? typed : [];
  const said = (name: string) =>
    (typed.find((parameter) => parameter.name === name) ?? only)?.value.trim() ?? '';
  return { said };
}
