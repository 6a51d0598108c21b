/** The invented tenant of the month of records: people with departments, sites, apps, addresses. */
import type { UserState } from '../../../src/domain/license/user-state.ts';
import { aUserState } from '../license/user-state.ts';

const ROWS: readonly (readonly [key: string, name: string, department: string])[] = [
  ['lee', 'Lee Gu', 'Finance'],
  ['patti', 'Patti Fernandez', 'Management'],
  ['adele', 'Adele Vance', 'Finance'],
  ['megan', 'Megan Bowen', 'Marketing'],
  ['grady', 'Grady Archie', 'IT'],
  ['ines', 'Ines Duarte', 'IT'],
  ['joni', 'Joni Sherman', 'Legal'],
  ['henrietta', 'Henrietta Mueller', 'Legal'],
  ['nestor', 'Nestor Wilke', 'Sales'],
  ['alex', 'Alex Wilber', 'Sales'],
  ['miriam', 'Miriam Graham', 'HR'],
  ['pradeep', 'Pradeep Gupta', 'HR'],
  ['isaiah', 'Isaiah Langer', 'Finance'],
  ['lidia', 'Lidia Holloway', 'Marketing'],
  ['diego', 'Diego Siciliani', 'Sales'],
  ['johanna', 'Johanna Lorenz', 'Legal'],
];

const idOf = (index: number): string => `5a5a5a5a-0000-4000-8000-${String(index + 1).padStart(12, '0')}`;

export type Person = { key: string; id: string; name: string; upn: string; department: string };

export const CAST: readonly Person[] = ROWS.map(([key, name, department], index) => ({
  key,
  id: idOf(index),
  name,
  upn: `${name.toLowerCase().replaceAll(' ', '.')}@fabrikam.example`,
  department,
}));

/** A person of the cast by key. */
export function person(key: string): Person {
  const found = CAST.find((one) => one.key === key);
  if (!found) throw new Error(`nobody is called ${key}`);
  return found;
}

/** The cast as the directory has it. */
export const CAST_IN_DIRECTORY: readonly UserState[] = CAST.map(({ id, name, upn, department }) =>
  aUserState({ id, displayName: name, userPrincipalName: upn, mail: upn, department }),
);

export const SITES = ['Finance', 'HR', 'Legal', 'Sales', 'Marketing', 'Atlas', 'BoardRoom'] as const;
export const FILES = [
  'Budget 2027.xlsx',
  'Salaries.xlsx',
  'Offer Northwind.docx',
  'Contract draft.docx',
  'Roadmap.pptx',
  'Minutes.docx',
  'Invoice 4711.pdf',
  'Forecast.xlsx',
  'Team photo.jpg',
  'Handbook.pdf',
  'Price list.xlsx',
  'Merger plan.docx',
] as const;
export const APPS = ['Mail Booster', 'Contoso Sync', 'Zap Flow', 'Expense Robot'] as const;
export const OFFICE_ADDRESS = '203.0.113.7';
export const ADDRESSES = ['198.51.100.9', '198.51.100.24', '192.0.2.61', '2001:db8:4:1::17'] as const;
export const OUTSIDERS = ['max@proseware.example', 'iva@tailspin.example', 'ola@wingtip.example'] as const;
export const ROLES = [
  ['Global Administrator', '62e90394-69f5-4237-9190-012177145e10'],
  ['Exchange Administrator', '29232cdf-9323-42fd-ade2-1d097af3e4de'],
  ['User Administrator', 'fe930be7-5e62-47db-91af-98c3a49a38b1'],
  ['Reports Reader', '4a5d8f65-41da-4de4-8968-e035b65339cf'],
] as const;
