import { expect, it } from 'vitest';
import { nextTitles } from '../../../../src/answers/words/next-titles.ts';

const person = (displayName: string, userPrincipalName: string) => ({
  id: userPrincipalName,
  displayName,
  userPrincipalName,
  givenName: null,
  surname: null,
  mail: null,
  formerNames: [],
});
const directory: Parameters<typeof nextTitles>[1] = {
  groups: [],
  people: [
    person('Rick van Oosterhout', 'rick@contoso.com'),
    person('Amélie van Oostenbrugge-Schimmelpenninck', 'amelie@contoso.com'),
    person('Amélie van Oostenbrugge-Bakker', 'amelie2@contoso.com'),
  ],
  skus: [{ skuId: 'visio', partNumber: 'VISIOCLIENT', displayName: 'Visio Plan 2' }],
};

it.each([
  ['history of rick@contoso.com', 'History of Rick van Oosterhout'],
  ['give rick@contoso.com the license back', 'Give Rick the license back'],
  ['history of amelie@contoso.com', 'History of Amélie'],
  ['who lost VISIOCLIENT this month', 'Who lost Visio Plan 2 this month?'],
])('the button that asks “%s” is called “%s”', (sentence, title) => {
  expect(nextTitles([sentence], directory)).toEqual([title]);
});

it('namesakes whose first names would be all that is shown are told apart by what they sign in with', () => {
  expect(nextTitles(['history of amelie@contoso.com', 'history of amelie2@contoso.com'], directory)).toEqual([
    'History of amelie@contoso.com',
    'History of amelie2@contoso.com',
  ]);
});
