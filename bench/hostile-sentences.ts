import type { DirectoryPerson } from '../src/language/query.ts';

const GIVEN = ['Noor', 'Sanne', 'Liam', 'Emma', 'Mateo', 'Aylin', 'Piotr', 'Chloé', 'Yusuf', 'Ingrid'];
const STEMS = 'Hol Ber Kal Mor Vin Tar Lun Gar Sol Fen Dal Ros Wil Ost Bra Cle Dru Eng Fro Gie Hal Jan'.split(
  ' ',
);
const MIDDLES = [
  '',
  ...'ber kal mor vin tar lun gar sol fen dal ros wil ost bra cle dru eng fro gie hal'.split(' '),
];
const ENDINGS = 'sen mann ski ova ez dotter inga stra well ford er ström quist berg stein hof'.split(' ');

/**
 * People whose names repeat as they do in a large company: a few given names are borne by thousands, the others by
 * some, and there are about as many family names as people can have.
 */
export function manyPeople(count: number): DirectoryPerson[] {
  const at = <T>(list: readonly T[], no: number): T | undefined => list[no % list.length];
  return Array.from({ length: count }, (_, no) => {
    const turn = Math.floor(no / 10);
    const rare = `${at(STEMS, turn * 7)}${at(MIDDLES, turn * 3)}${at(['a', 'o', 'in', 'el', 'y'], turn)}`;
    const given = no % 3 === 0 ? rare : (at(GIVEN, no) ?? '');
    const family = `${at(STEMS, turn)}${at(MIDDLES, Math.floor(turn / 22))}${at(MIDDLES, Math.floor(turn / 462))}${at(ENDINGS, Math.floor(turn / 5))}`;
    const upn = `person${no}@contoso.com`;
    return {
      id: `00000000-0000-4000-8000-${String(no).padStart(12, '0')}`,
      displayName: `${given} ${family}`,
      givenName: given,
      surname: family,
      userPrincipalName: upn,
      mail: upn,
      formerNames: [],
    };
  });
}

/** Sentences made to be slow to read, with what they try, for a directory of these people. */
export function hostileSentences(people: readonly DirectoryPerson[]): [name: string, sentence: string][] {
  const pick = (step: number, of: (person: DirectoryPerson) => string): string[] =>
    Array.from({ length: 150 }, (_, no) => of(people[(no * step) % people.length] ?? NOBODY));
  const misspelt = (text: string): string => `${text.slice(0, 2)}x${text.slice(3)}`;
  return [
    ['one given name', 'Noor '.repeat(200)],
    ['common given names', `${GIVEN.join(' ')} `.repeat(20)],
    ['given names with capitals', `who changed ${GIVEN.join("'s ")} `.repeat(15)],
    ['full names', `who changed ${pick(7, ({ displayName }) => displayName).join(' ')}`],
    ['family names', pick(11, ({ surname }) => surname ?? '').join(' ')],
    ['almost family names', pick(13, ({ surname }) => misspelt(surname ?? '')).join(' ')],
    [
      'almost full names',
      `history of ${pick(17, ({ displayName }) => displayName.split(' ').map(misspelt).join(' ')).join(' and ')}`,
    ],
    ['almost given names', `who changed ${GIVEN.map(misspelt).join(' ')} `.repeat(12)],
    ['initials', 'Noor B '.repeat(100)],
    ['one very long word', 'a'.repeat(100_000)],
    ['thousands of words', 'who changed the license of '.repeat(4_000)],
    [
      'long almost words',
      Array.from({ length: 90 }, (_, no) => `licensehistoryofx${'abcdefghij'[no % 10]}${no % 7}`).join(' '),
    ],
    ['combining characters', `who changed R${'\u0301\u0323'.repeat(400)}ick's license`],
    ['emoji', '👩‍👩‍👧‍👦🔥💥'.repeat(200)],
    ['right to left', `‮${'مرحبا بالعالم '.repeat(80)}‬`],
    ['zero width', 'who​ changed​ Ri​ck’s​ license '.repeat(40)],
    ['compatibility forms', 'ﷺ'.repeat(900)],
    ['SQL', "'; DROP TABLE users; -- OR 1=1 ".repeat(40)],
    ['Markdown', '**[who](http://evil) `changed`** _Rick_ '.repeat(40)],
    ['tags', '<a <b <c <at>'.repeat(100)],
    ['open tags', '<'.repeat(1_000)],
    ['spaces', `who changed${' '.repeat(5_000)}Rick`],
    ['times', 'yesterday between 3 and 9 November last week until Friday '.repeat(20)],
    ['products', 'Microsoft 365 E3 Office 365 E5 Power BI Pro Business Premium '.repeat(20)],
    ['question words', `${'what do have be who why when how '.repeat(30)}P`],
    ['colons', `snooze${' :  -  '.repeat(200)}x`],
    ['apostrophes', "l'd'n's'qu'o'".repeat(150)],
    ['addresses', 'person1@contoso.com.person2@contoso.com-'.repeat(30)],
  ];
}

const NOBODY: DirectoryPerson = {
  id: '',
  displayName: '',
  givenName: null,
  surname: null,
  userPrincipalName: '',
  mail: null,
  formerNames: [],
};
