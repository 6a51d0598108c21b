import type { IncidentView } from '../domain/incident/view.ts';
import type { Query } from '../language/query.ts';
import { understand } from '../language/understand.ts';
import type { Answer } from './answer.ts';
import { answer } from './answer-query.ts';
import type { AnswerStore } from './deps.ts';
import { directoryCache } from './directory.ts';

/** Who asks: their user id, for "me", and their IANA time zone, null when it is not known. */
export type AskedBy = { userId: string | null; timeZone: string | null };

export type Asked = { query: Query; answer: Answer };

export type AskDeps = {
  store: AnswerStore;
  /** ms UTC. */
  now(): number;
  /** IANA name for whoever does not send one. */
  timeZone: string;
  incidentView(id: string): Promise<IncidentView | null>;
};

/** Makes the function that answers a sentence; it keeps the directory between sentences. */
export function createAsk(deps: AskDeps): (text: string, by: AskedBy) => Promise<Answer> {
  const ask = createAskWithQuery(deps);
  return async (text, by) => (await ask(text, by)).answer;
}

/** As `createAsk`, with the query that the sentence was read as. */
export function createAskWithQuery(deps: AskDeps): (text: string, by: AskedBy) => Promise<Asked> {
  const directory = directoryCache(deps.store);
  return async (text, by) => {
    const now = deps.now();
    const timeZone = by.timeZone !== null && isTimeZone(by.timeZone) ? by.timeZone : deps.timeZone;
    const loaded = await directory();
    const query = understand(
      text,
      { directory: loaded.directory, now, timeZone, asker: by.userId },
      loaded.index,
    );
    const { store, incidentView } = deps;
    return { query, answer: await answer(query, { store, now, timeZone, text, incidentView, ...loaded }) };
  };
}

/** Whether the runtime knows the zone; what a client sends is not always a name that it does. */
function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
