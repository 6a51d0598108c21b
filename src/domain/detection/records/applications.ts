/** What an app may do from now on, and who can sign in as it. */
import { type Change, changeOf, type Facts } from './facts.ts';
import { type FieldTable, one, some } from './field-table.ts';
import { plainValue, plainValues, truthOf } from './loose.ts';

/** App roles of Microsoft Graph and Exchange by their ids, for records that lack their names. Source: Microsoft Graph permissions reference. */
const APP_ROLES: ReadonlyMap<string, string> = new Map([
  ['9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8', 'RoleManagement.ReadWrite.Directory'],
  ['06b708a9-e830-4db3-a914-8e69da51d44f', 'AppRoleAssignment.ReadWrite.All'],
  ['1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9', 'Application.ReadWrite.All'],
  ['810c84a8-4a9e-49e6-bf7d-12d183f40d01', 'Mail.Read'],
  ['e2a3a72e-5f79-4c64-b1b1-878b674786c9', 'Mail.ReadWrite'],
  ['b633e1c5-b582-4048-a93e-9f11b44c7e96', 'Mail.Send'],
  ['01d4889c-1287-42c6-ac1f-5d1e02578ef6', 'Files.Read.All'],
  ['75359482-378d-4052-8f01-80520e7db3cd', 'Files.ReadWrite.All'],
  ['332a536c-c7ef-4017-ab91-336970924f0d', 'Sites.Read.All'],
  ['9492366f-7969-46a4-8d15-ed1a20078fff', 'Sites.ReadWrite.All'],
  ['a82116e5-55eb-4c41-a434-62fe8a61c773', 'Sites.FullControl.All'],
  ['7ab1d382-f21e-4acd-a863-ba3e13f7da61', 'Directory.Read.All'],
  ['19dbc75e-c2e2-444c-a770-ec69d8559fc7', 'Directory.ReadWrite.All'],
  ['741f803b-c850-494e-b5df-cde7c675a1ca', 'User.ReadWrite.All'],
  ['62a82d76-70ea-41e2-9197-370581804d09', 'Group.ReadWrite.All'],
  ['089fe4d0-434a-44c5-8827-41ba8a0b17f5', 'Contacts.Read'],
  ['6918b873-d17a-4dc1-b314-35f528134491', 'Contacts.ReadWrite'],
  ['dc890d15-9560-4a4c-9b7f-a736ec74ec40', 'full_access_as_app'],
]);

const consentText = (facts: Facts): Change | undefined => changeOf(facts, 'ConsentAction.Permissions');

/** `[…] => [[Id: …, ConsentType: AllPrincipals, Scope: Mail.Read Files.Read, …]]; `: what was before, and what is after. */
function sidesOf(change: Change | undefined): { before: string; after: string } {
  const text = plainValues(change?.after ?? null).join(' ') || (change?.after ?? '');
  const arrow = text.indexOf('=>');
  return arrow < 0
    ? { before: change?.before ?? '', after: text }
    : { before: text.slice(0, arrow), after: text.slice(arrow + 2) };
}

const scopesIn = (text: string): string[] =>
  [...text.matchAll(/Scopes?\s*:\s*\[?([^,\][]*)/gi)].flatMap(([, scopes = '']) => wordsOf(scopes));

const wordsOf = (text: string): string[] => text.split(/[\s;,"]+/).filter((word) => word !== '');

/** The scopes or app roles that an app was given and did not have before. */
export function newScopes(facts: Facts): string[] {
  const { before, after } = sidesOf(consentText(facts));
  const grant = facts.changes.find(({ name }) => /(^|\.)Scope$/i.test(name));
  const role = changeOf(facts, 'AppRole.Value', 'AppRole.Name');
  const id = plainValue(changeOf(facts, 'AppRole.Id')?.after ?? null);
  const named = plainValues(role?.after ?? null);
  const roles =
    named.length > 0 ? named : [APP_ROLES.get(id?.toLowerCase() ?? '') ?? ''].filter((name) => name !== '');
  const given = [...scopesIn(after), ...plainValues(grant?.after ?? null).flatMap(wordsOf), ...roles];
  const had = new Set(
    [...scopesIn(before), ...plainValues(grant?.before ?? null).flatMap(wordsOf)].map((scope) =>
      scope.toLowerCase(),
    ),
  );
  return [...new Set(given)].filter((scope) => !had.has(scope.toLowerCase()));
}

/** Whether a consent is for everybody in the organisation; null where a record does not tell. */
function isForEverybody(facts: Facts): boolean | null {
  const all = truthOf(plainValue(changeOf(facts, 'ConsentContext.OnBehalfOfAll')?.after ?? null));
  const kind =
    facts.changes.find(({ name }) => /(^|\.)ConsentType$/i.test(name))?.after ??
    sidesOf(consentText(facts)).after;
  if (all === true || /AllPrincipals/i.test(kind)) return true;
  return all ?? (/\bPrincipal\b/i.test(kind) ? false : null);
}

/** Identifiers of the keys in a list in bracket notation (`[KeyIdentifier=…,KeyType=…]`). */
const keyIdsIn = (text: string | null): string[] =>
  [...(text ?? '').matchAll(/KeyIdentifier\s*[=:]\s*"?\\?"?([^,\]"\\]+)/gi)].map(([, id = '']) =>
    id.trim().toLowerCase(),
  );

/** Identifiers of the keys that were not there before. */
export function addedKeyIds(facts: Facts): string[] {
  const changes = facts.changes.filter(({ name }) =>
    /^(KeyDescription|KeyCredentials?|PasswordCredentials?)$/i.test(name),
  );
  return changes.flatMap(({ before, after }) => {
    const old = new Set(keyIdsIn(before));
    return keyIdsIn(after).filter((id) => !old.has(id));
  });
}

/** Who can sign in as the app by a trust that was not there before: the subjects, or the names. */
function addedTrusts(facts: Facts): string[] {
  const changes = facts.changes.filter(({ name }) => /^FederatedIdentityCredentials?/i.test(name));
  return changes.flatMap(({ before, after }) => {
    const old = new Set(plainValues(before));
    return plainValues(after).filter((trust) => !old.has(trust) && !trustsIn(before).has(trustKey(trust)));
  });
}

const trustKey = (text: string): string =>
  /"?Subject"?\s*[:=]\s*"?([^",\]}]+)/i.exec(text)?.[1]?.toLowerCase() ?? text;
const trustsIn = (text: string | null): Set<string> => new Set(plainValues(text).map(trustKey));

export const APPLICATION_FIELDS: FieldTable = {
  'lw.scopes': (facts) => some(newScopes(facts)),
  'lw.scopes.foreverybody': (facts) => one(isForEverybody(facts)),
  'lw.added.keyids': (facts) => some(addedKeyIds(facts)),
  'lw.added.trusts': (facts) => some(addedTrusts(facts)),
};
