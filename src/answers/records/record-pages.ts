import type { Scope } from '../../domain/access/scope.ts';
import type { FoundRecord, RecordSearch, SearchCursor, SearchStore } from '../../domain/ports.ts';
import type { AnswerStore } from '../answer/deps.ts';
import { everythingVisible, maySee, peopleSeen } from './may-see.ts';

const AT_ONCE = 500;

/** All records of a search that somebody may see, the newest first, in chunks. @param sees null is everybody */
export async function* recordPages(
  store: SearchStore,
  search: RecordSearch,
  sees: Scope,
  users: Pick<AnswerStore, 'users'>,
): AsyncGenerator<{ records: FoundRecord[]; looked: number }> {
  const visible = sees === null ? everythingVisible : await peopleSeen(sees, users);
  for (let after: SearchCursor | null = null; ; ) {
    const page: FoundRecord[] = await store.find(search, AT_ONCE, after);
    yield { records: page.filter((record) => maySee(record, visible)), looked: page.length };
    after = page.at(-1) ?? null;
    if (page.length < AT_ONCE) return;
  }
}
