import type { Holding } from '../../domain/license/holdings.ts';
import type { StoredUser } from '../../domain/ports.ts';
import type { AnswerStore } from '../answer/deps.ts';
import { formatTime, type TimeStyle } from './times.ts';

/** More changes of one person than this are not looked through: what was before is told as not known. */
export const MAX_CHANGES_OF_ONE = 2_000;

/** What "before …" means, for beneath a table. */
export const BEFORE_MEANS =
  'Before: it was there when the account was first read. Held since before I first looked.';

/** "23 Nov 10:20"; "before 20 Nov 08:00" of what was there when the account was first read. */
export const sinceText = (
  holding: Pick<Holding, 'from'>,
  { firstSeenAt }: StoredUser,
  style: TimeStyle,
): string =>
  holding.from === null ? `before ${formatTime(firstSeenAt, style)}` : formatTime(holding.from.by, style);

/** All changes of a person, newest first, up to a limit that hardly anybody reaches. */
export const changesOf = (store: Pick<AnswerStore, 'changes'>, userId: string) =>
  store.changes.find({ userIds: [userId], limit: MAX_CHANGES_OF_ONE });
