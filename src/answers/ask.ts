import type { Access } from '../domain/access/access.ts';
import type { HealthLimits } from '../domain/health/health.ts';
import type { IncidentView } from '../domain/incident-view/view.ts';
import type { KeptSentence, SearchStore } from '../domain/ports.ts';
import { masked } from '../language/conversation/masked.ts';
import { understand } from '../language/conversation/understand.ts';
import type { DirectoryIndex } from '../language/names/directory-index.ts';
import type { Intent, Query, UnderstandContext } from '../language/query.ts';
import type { Answer } from './answer/answer.ts';
import type { AnswerDeps, AnswerStore } from './answer/deps.ts';
import type { GroupFacts } from './answer/group-facts.ts';
import { USUAL_LIMITS } from './answer/health-facts.ts';
import type { PageWanted } from './answer/page-wanted.ts';
import { FIRST_PAGE } from './answer/paging.ts';
import type { RetentionFacts } from './answer/retention-facts.ts';
import type { RoleFacts } from './answer/role-facts.ts';
import type { RoutingFacts } from './answer/routing-facts.ts';
import type { SettingFacts } from './answer/setting-facts.ts';
import { NOTHING_TOLD, type SpendFacts } from './answer/spend-facts.ts';
import { answer } from './answer-query.ts';
import { withGroupsSaid } from './groups-said.ts';
import { type Interpret, interpreted, type ReadQuery } from './interpret.ts';
import { lastQueries } from './last-queries.ts';
import { createScopedStores, type ScopedStores } from './scope/scoped-store.ts';
import { zoneOf } from './times/time-zone.ts';
import { askWhichReading, readingChosen, readingsOf, withClearChoices } from './which-reading.ts';
import { nextTitles } from './words/next-titles.ts';
import { querySentence } from './words/query-in-words.ts';

/** The users that somebody may see, and act on. */
type Viewer = Pick<Access, 'sees' | 'acts'>;

/**
 * Who asks: their user id, for "me", their IANA time zone, null when it is not known, and whom they may see: of
 * all other users the answer says what it says of somebody who does not exist. `conversation` is where they ask, for
 * questions that follow another; without one, each stands by itself.
 */
export type AskedBy = {
  userId: string | null;
  timeZone: string | null;
  conversation?: string | null;
  /** The language of their Teams, as "nl". */
  language?: string | null;
  /** Whether they may search audit records of all kinds; `elsewhere`: not where others read along. */
  mayAudit?: 'yes' | 'no' | 'elsewhere';
  /** Whether they may read here who is on legal hold; left out: who may search audit records may. */
  namesHolds?: boolean;
} & Viewer;

/**
 * Another page of a list than the first, or one of several readings of a sentence. With the query of that list the
 * sentence is not read again: what it meant then, it means now. With an intent it is read for its other parts alone.
 */
export type PageAsked = {
  page: PageWanted;
  query?: Query;
  intent?: Intent;
  /** By what the sentence is kept already. */
  kept?: string;
};

/** Keeps sentences to train with, without names and without who asked. Neither method rejects. */
export type SentenceKeeper = {
  /** @returns by what it is kept; null where it could not be */
  keep(sentence: Omit<KeptSentence, 'id' | 'pressed'>): Promise<string | null>;
  press(id: string, intent: Intent): Promise<void>;
};

export type Asked = { query: Query; answer: Answer };

export type AskDeps = {
  store: AnswerStore;
  /** Directories that others keep as well; else they are kept here. */
  scopedStores?: ScopedStores;
  /** ms UTC. */
  now(): number;
  /** IANA name for whoever does not send one. */
  timeZone: string;
  /** The incident as its viewer sees it. */
  incidentView(id: string, viewer: Viewer): Promise<IncidentView | null>;
  /** Prices, and accounts to be left alone; left out when nobody set any. */
  spend?: SpendFacts;
  /** How old the newest good runs may be, by the schedule; left out for the usual one. */
  limits?: HealthLimits;
  /** Reads Microsoft's dates of a few people's licenses; left out where there is only the database. */
  freshDates?(userIds: readonly string[]): Promise<void>;
  /** Whether no setting gives anybody the role to decide. */
  nobodyDecides?: boolean;
  /** When the certificate that reads the tenant ends, ms UTC; left out where nobody knows. */
  certificateEndsAt?(): Promise<number | null>;
  /** The address of the Microsoft 365 admin center, without a final slash; left out for that of the public cloud. */
  adminCenter?: string;
  /** Looks at groups in the directory; left out where none is asked. */
  groups?: GroupFacts;
  /** Who may do what; left out where no directory is asked. */
  roles?: RoleFacts;
  /** The routes in force; left out where they are not known. */
  routing?(): Promise<RoutingFacts>;
  /** How long the archive keeps a record; null: without an end. */
  auditRetentionDays?: number | null;
  /** By what the archive keeps records; left out where it is not known. */
  retention?: RetentionFacts;
  /** Settings that may be made in chat; left out where they are not known. */
  settings?: SettingFacts;
  /** Searches audit records of all kinds; left out where nobody may. */
  search?: SearchStore;
  /** Keeps what is not understood or not clear; left out where nothing is kept. */
  sentences?: SentenceKeeper;
  /** Asked about sentences that the grammar does not take; left out when there is no language model. */
  interpret?: Interpret;
};

/** Makes the function that answers a sentence; it keeps the directory between sentences. */
export function createAsk(deps: AskDeps): (text: string, by: AskedBy, asked?: PageAsked) => Promise<Answer> {
  const ask = createAskWithQuery(deps);
  return async (text, by, asked) => (await ask(text, by, asked)).answer;
}

/** As `createAsk`, with the query that the sentence was read as. */
export function createAskWithQuery(
  deps: AskDeps,
): (text: string, by: AskedBy, asked?: PageAsked) => Promise<Asked> {
  const sightOf = deps.scopedStores ?? createScopedStores(deps.store);
  const last = lastQueries(deps.now);
  return async (
    typed,
    by,
    { page, query: known, intent: pressed, kept: keptBefore } = { page: FIRST_PAGE },
  ) => {
    const now = deps.now();
    const timeZone = zoneOf(by, deps);
    const { store, directory } = sightOf(by.sees);
    const stored = await directory();
    const chosen = pressed === undefined && !known ? readingChosen(typed, last.offeredTo(by)) : null;
    const intent = pressed ?? chosen?.intent;
    const text = chosen?.ask ?? typed;
    const context: UnderstandContext = { directory: stored.directory, now, timeZone, asker: by.userId };
    // What was offered says all by itself.
    context.previous = intent === undefined ? last.of(by) : null;
    const first = await readAs(known, intent, text, {
      context,
      index: stored.index,
      interpret: deps.interpret,
    });
    const groups = groupsFor(by, deps);
    const wider = known ? null : await withGroupsSaid(first.query, text, stored, groups);
    const loaded = wider ?? stored;
    const { index } = loaded;
    context.directory = loaded.directory;
    const read =
      wider === null
        ? first
        : await readAs(known, intent, text, { context, index, interpret: deps.interpret });
    const { query, reading } = read;
    // What is asked of records is clear, whatever else the words might mean.
    const readings = query.records ? null : readingsOf(query, text, context, index);
    const keep = async (): Promise<string | null> =>
      keptBefore ??
      (await deps.sentences?.keep({
        at: now,
        language: by.language ?? null,
        sentence: masked(text, context, index),
        offered: readings?.offered.map((one) => one.intent) ?? [],
      })) ??
      null;
    if (intent !== undefined) {
      const id = keptBefore ?? (chosen ? last.offeredTo(by)?.kept : undefined);
      if (id !== undefined) await deps.sentences?.press(id, intent);
    } else if (!known && query.intent === 'unknown' && !query.records && !readings) await keep();
    if (readings) {
      const id = await keep();
      const offered = id === null ? readings : { ...readings, kept: id };
      last.offer(by, offered);
      const asked = askWhichReading(query.intent, offered);
      return { query, answer: reading === null ? asked : { ...asked, reading } };
    }
    last.keep(by, query);
    const sentence = standsAlone(read, context, index);
    const said = sentence === typed ? intent : query.intent;
    const incidentView = (id: string) => deps.incidentView(id, by);
    const spend = deps.spend ?? NOTHING_TOLD;
    const made = await answer(query, {
      store,
      now,
      timeZone,
      text: sentence,
      ...(said ? { intent: said } : {}),
      page,
      incidentView,
      spend,
      limits: deps.limits ?? USUAL_LIMITS,
      nobodyDecides: deps.nobodyDecides ?? false,
      asker: by.userId,
      adminCenter: deps.adminCenter ?? 'https://admin.microsoft.com/Adminportal/Home',
      groups,
      actsOnAll: by.acts === null,
      roles: deps.roles ?? null,
      settings: deps.settings ?? null,
      routing: async () => (await deps.routing?.()) ?? null,
      records: deps.search ? { store: deps.search, mayAudit: by.mayAudit ?? 'no', sees: by.sees } : null,
      auditRetentionDays: deps.auditRetentionDays,
      keeping: keepingFor(by, deps),
      certificateEndsAt: deps.certificateEndsAt ?? (async () => null),
      freshDates: async (userIds) => deps.freshDates?.(userIds),
      ...loaded,
    });
    const answered = withClearChoices(made, context, index);
    const titles = nextTitles(answered.next, loaded.directory);
    const given = answered.next.length === 0 ? answered : { ...answered, nextTitles: titles };
    return { query, answer: reading === null ? given : { ...given, reading } };
  };
}

/** What is asked: what a card carries, what was chosen, or what the sentence is taken for, by a model where it is not clear. */
async function readAs(
  known: Query | undefined,
  intent: Intent | undefined,
  text: string,
  by: Reader,
): Promise<ReadQuery> {
  if (known) return { query: known, sentence: text, reading: null };
  const { context, index } = by;
  if (intent === undefined) return interpreted(understand(text, context, index), text, by);
  return { query: understand(text, { ...context, intent }, index), sentence: text, reading: null };
}

/** Somebody who sees some users only is told of no group that gives no license: none of theirs comes by it. */
const groupsFor = ({ sees }: Viewer, { groups }: AskDeps): GroupFacts | null =>
  groups && sees !== null ? { ...groups, named: async () => [] } : (groups ?? null);

const keepingFor = (
  { sees, namesHolds, mayAudit }: AskedBy,
  { retention }: AskDeps,
): AnswerDeps['keeping'] =>
  retention ? { ...retention, sees, namesHolds: namesHolds ?? mayAudit === 'yes' } : null;

type Reader = Parameters<typeof interpreted>[2];

/**
 * The sentence that a choice ("Which Chris?") puts a name into. That of a follow-up says too little by itself, and
 * may be pressed when what it followed is forgotten.
 */
function standsAlone(
  { query, sentence }: ReadQuery,
  context: UnderstandContext,
  index: DirectoryIndex,
): string {
  if (!context.previous || query.unresolved.length === 0) return sentence;
  const alone = understand(sentence, { ...context, previous: null }, index);
  return JSON.stringify(alone) === JSON.stringify(query) ? sentence : querySentence(query, context);
}
