import { fold, wordsOf } from '../../language/names/fold.ts';
import { peopleLike } from '../../language/names/people-like.ts';
import type { DirectoryPerson } from '../../language/query.ts';
import type { LoadedDirectory } from './directory.ts';

/** What is compared of a person; folded once, as a search runs with every letter that is typed. */
type Searched = { person: DirectoryPerson; name: string; words: string; addresses: string[] };

const searched = new WeakMap<LoadedDirectory, Searched[]>();

/** Whatever fits this badly is not looked for any more. */
const WORST = 4;
/** Of those who fit equally well, so many are put in the order of their names. */
const MAX_COMPARED = 200;

/**
 * People by what was typed so far: an address, the beginning of a name or of each of its words, a former name;
 * whoever is called nearly so where nobody is. The best first, then by name.
 * @returns ids, at most so many
 */
export function searchPeople(loaded: LoadedDirectory, said: string, most: number): string[] {
  const wanted = fold(said.trim());
  const words = wordsOf(said);
  if (words.length === 0) return [];
  const ranked: DirectoryPerson[][] = Array.from({ length: WORST + 1 }, () => []);
  for (const candidate of searchedOf(loaded)) {
    const group = ranked[rankOf(candidate, wanted, words)];
    if (group && group.length < MAX_COMPARED) group.push(candidate.person);
  }
  const found = ranked.flatMap((group) => group.toSorted(byName)).slice(0, most);
  if (found.length > 0) return found.map(({ id }) => id);
  const { fits, near } = peopleLike(said, loaded.index);
  return (fits.length > 0 ? fits : near).slice(0, most);
}

/** 0 is best; none of the groups for whoever does not fit. */
function rankOf({ name, words, addresses }: Searched, wanted: string, said: readonly string[]): number {
  if (addresses.includes(wanted)) return 0;
  if (name.startsWith(wanted)) return 1;
  if (said.every((word) => words.includes(` ${word}`))) return 2;
  if (addresses.some((address) => address.startsWith(wanted))) return 3;
  return name.includes(wanted) ? WORST : WORST + 1;
}

function searchedOf(loaded: LoadedDirectory): Searched[] {
  const known = searched.get(loaded);
  if (known) return known;
  const made = loaded.directory.people.map((person): Searched => {
    const { displayName, givenName, surname, userPrincipalName, mail, formerNames } = person;
    const names = [displayName, givenName ?? '', surname ?? '', ...formerNames];
    return {
      person,
      name: fold(displayName),
      words: ` ${wordsOf(names.join(' ')).join(' ')}`,
      addresses: [userPrincipalName, mail ?? userPrincipalName].map(fold),
    };
  });
  searched.set(loaded, made);
  return made;
}

const collator = new Intl.Collator('en');
const byName = (a: DirectoryPerson, b: DirectoryPerson): number =>
  collator.compare(a.displayName, b.displayName);
