import type { Mention } from '../delivery/mention.ts';
import { didYouMean } from './close-to.ts';
import type { CompileContext } from './compile-context.ts';
import type { PathInFile, PersonText } from './routes-file.ts';

/** Who a route names: somebody of `people`, or in place. */
export type Someone = string | PersonText;

/** Who a card calls; null, and reported, where the file does not say it. */
export function readPerson(who: Someone, at: PathInFile, { file, report }: CompileContext): Mention | null {
  const person = typeof who === 'string' ? file.people?.[who] : who;
  if (person === undefined) {
    const names = Object.keys(file.people ?? {});
    report(
      at,
      `There is nobody “${String(who)}” under “people”${didYouMean(String(who), names) || ': add them there, with “user” or “tag” and “name”.'}`,
    );
    return null;
  }
  const { user, tag, name } = person;
  if ((user === undefined) === (tag === undefined)) {
    report(
      at,
      `${name} needs either “user” (object id or sign-in name) or “tag” (the id of a tag of the team).`,
    );
    return null;
  }
  return tag === undefined
    ? { kind: 'user', id: (user ?? '').trim().toLowerCase(), name }
    : { kind: 'tag', id: tag.trim(), name };
}
