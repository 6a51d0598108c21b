import type { IncidentView } from '../domain/incident/view.ts';
import type { Store } from '../domain/ports.ts';
import type { DirectoryIndex } from '../language/directory-index.ts';
import type { Directory } from '../language/query.ts';

/** The parts of the store that answers read. */
export type AnswerStore = Pick<
  Store,
  'scans' | 'users' | 'changes' | 'audit' | 'incidents' | 'outbox' | 'conversations'
>;

/** What an answer is made from, besides the query. */
export type AnswerDeps = {
  store: AnswerStore;
  /** ms UTC. */
  now: number;
  /** IANA name; times in sentences are told in it. */
  timeZone: string;
  /** The sentence that was asked, for the sentences that a choice offers instead. */
  text: string;
  directory: Directory;
  index: DirectoryIndex;
  incidentView(id: string): Promise<IncidentView | null>;
};
