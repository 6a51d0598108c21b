import type { DetectedChange } from './change.ts';
import { type AssignmentPath, gives } from './user-state.ts';

/** By which paths somebody has a license that they had before, too; each list in the order of the states. */
export type PathChange = { gone: AssignmentPath[]; come: AssignmentPath[]; now: AssignmentPath[] };

/** What a change of paths changed. A path in error gives nothing, so that it is none of them. */
export function pathChangeOf({ before, after }: Pick<DetectedChange, 'before' | 'after'>): PathChange {
  const [had, has] = [before, after].map((assignments) => assignments.filter(gives).map(({ path }) => path));
  return {
    gone: (had ?? []).filter((path) => !has?.includes(path)),
    come: (has ?? []).filter((path) => !had?.includes(path)),
    now: has ?? [],
  };
}
