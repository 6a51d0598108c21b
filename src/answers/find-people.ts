import { listed } from '../domain/english.ts';
import { heldSkus } from '../domain/license/user-state.ts';
import type { StoredUser } from '../domain/ports.ts';
import type { Query } from '../language/query.ts';
import type { Answer } from './answer/answer.ts';
import type { AnswerStore } from './answer/deps.ts';
import { facts } from './answer/make-answer.ts';
import { FIRST_PAGE } from './answer/paging.ts';
import type { AskedBy, createAsk } from './ask.ts';
import { searchPeople } from './scope/people-search.ts';
import type { ScopedStores } from './scope/scoped-store.ts';
import { zoneOf } from './times/time-zone.ts';
import { formatTime, type TimeStyle } from './times/times.ts';
import { changeText } from './words/change-text.ts';
import { loadNames, type Names } from './words/names.ts';

/** As many as a list in the compose box shows without scrolling. */
const MAX_FOUND = 8;
const MAX_INCIDENTS = 20;

export type FoundPerson = {
  name: string;
  signInName: string;
  /** What they have, in a line. */
  summary: string;
  /** Their licenses, with the last change; what it says until when is a phrase without an end. */
  answer: Answer;
};

export type FindPeopleDeps = {
  scopedStores: ScopedStores;
  ask: ReturnType<typeof createAsk>;
  /** ms UTC. */
  now(): number;
  /** IANA name for whoever does not send one. */
  timeZone: string;
};

/**
 * Makes the function that finds people by the beginning of a name or an address; those of the latest incidents
 * when nothing is said. Only people that the asker may see.
 */
export function createFindPeople(
  deps: FindPeopleDeps,
): (said: string, by: AskedBy) => Promise<FoundPerson[]> {
  return async (said, by) => {
    const { store, directory } = deps.scopedStores(by.sees);
    const ids =
      said.trim() === '' ? await latelyConcerned(store) : searchPeople(await directory(), said, MAX_FOUND);
    const users = new Map((await store.users.byIds(ids)).map((user) => [user.state.id, user]));
    const names = await loadNames(store);
    const timeZone = zoneOf(by, deps);
    const style = { timeZone, now: deps.now() };
    const found: FoundPerson[] = [];
    for (const id of ids) {
      const user = users.get(id);
      if (user) found.push(await told(user, { ...deps, store, names, style }, by));
    }
    return found;
  };
}

type Telling = FindPeopleDeps & { store: AnswerStore; names: Names; style: TimeStyle };

async function told(
  user: StoredUser,
  { ask, store, names, style }: Telling,
  by: AskedBy,
): Promise<FoundPerson> {
  const { state, removedAt } = user;
  const query: Query = { ...LICENSES_OF_ONE, people: [state.id] };
  const { file: _, paging: __, ...answer } = await ask('', by, { page: FIRST_PAGE, query });
  const [last] = await store.changes.find({ userIds: [state.id], limit: 1 });
  const readAt = (await store.scans.lastWhole())?.finishedAt;
  const asOf = readAt === undefined ? '' : ` as of ${formatTime(readAt, style)}, ${style.timeZone} time`;
  const held = [...heldSkus(state)].map(names.product);
  return {
    name: state.displayName,
    signInName: state.userPrincipalName,
    summary: removedAt === null ? listed(held) || 'no license' : 'account deleted',
    answer: {
      ...answer,
      blocks: [
        ...facts({
          'Sign-in name': state.userPrincipalName,
          'Last change': last
            ? `${formatTime(last.change.observedAfter, style)}: ${changeText(last.change, names)}`
            : `none since ${formatTime(user.firstSeenAt, style)}`,
        }),
        ...answer.blocks,
      ],
      completeUntil: `Licenses of ${state.displayName}${asOf}`,
      next: [],
    },
  };
}

const LICENSES_OF_ONE: Query = {
  intent: 'user-licenses',
  people: [],
  skus: [],
  groups: [],
  range: null,
  days: null,
  unresolved: [],
};

/** Whom one is most likely to want to show: the people of the incidents that opened last. */
async function latelyConcerned({ incidents }: AnswerStore): Promise<string[]> {
  const recent = await incidents.recent(MAX_INCIDENTS);
  return [...new Set(recent.flatMap(({ userIds }) => userIds))].slice(0, MAX_FOUND);
}
