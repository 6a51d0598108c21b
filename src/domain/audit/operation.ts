/**
 * One spelling for an operation: the unified audit log ends it with a dot, Graph does not, and some carry en-dashes
 * and trailing blanks (`Update application – Certificates and secrets management `).
 */
export function normaliseOperation(text: string): string {
  const known = spellings.get(text);
  if (known !== undefined) return known;
  const spelling = spelled(text);
  if (text.length > LONGEST_KEPT) return spelling;
  if (spellings.size >= MOST_SPELLINGS) spellings.clear();
  spellings.set(text, spelling);
  return spelling;
}

/** A tenant has some hundreds of operations. */
const MOST_SPELLINGS = 2000;
const LONGEST_KEPT = 100;
const spellings = new Map<string, string>();

const spelled = (text: string): string =>
  text
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/\.+$/, '');

/** The operations that explain licenses. Compared without case. */
export type LicenseOperation =
  | 'change-user-license'
  | 'update-user'
  | 'add-user'
  | 'delete-user'
  | 'restore-user'
  | 'add-member'
  | 'remove-member'
  | 'set-group-license'
  | 'update-group'
  | 'delete-group';

const OPERATIONS: ReadonlyMap<string, LicenseOperation> = new Map([
  ['change user license', 'change-user-license'],
  ['update user', 'update-user'],
  ['add user', 'add-user'],
  ['delete user', 'delete-user'],
  ['hard delete user', 'delete-user'],
  ['restore user', 'restore-user'],
  ['add member to group', 'add-member'],
  ['remove member from group', 'remove-member'],
  ['set group license', 'set-group-license'],
  ['update group', 'update-group'],
  ['delete group', 'delete-group'],
  ['hard delete group', 'delete-group'],
]);

/** What an operation is for licenses; null for all others. Takes a normalised operation. */
export const licenseOperation = (operation: string): LicenseOperation | null =>
  OPERATIONS.get(operation.toLowerCase()) ?? null;
