import { Refusal } from '../http/message.ts';
import { selected } from '../odata/options.ts';
import { type GraphCall, unknownProperty } from './call.ts';
import { DEFAULT_USER_PROPERTIES, FOREIGN_PROPERTIES, isUserProperty } from './user-properties.ts';

const NOT_PREMIUM =
  'Neither tenant is B2C or tenant does not have premium license. Cannot expose reporting data or sign-in activity.';

/** Refuses what only tenants with Entra ID P1 may read. */
export function requirePremium(call: GraphCall): void {
  if (!call.tenant.behaviour.premium) {
    throw new Refusal(403, 'Authentication_RequestFromNonPremiumTenantOrB2CTenant', NOT_PREMIUM);
  }
}

/** Refuses `signInActivity` to apps and tenants that may not read it. */
export function requireSignInActivity(call: GraphCall): void {
  if (!call.app.permissions.has('AuditLog.Read.All')) {
    throw new Refusal(
      403,
      'Authorization_RequestDenied',
      'Insufficient privileges to complete the operation.',
    );
  }
  requirePremium(call);
}

/** The properties that a request selects, or the default ones. Throws for names that a user has not. */
export function userProperties(call: GraphCall, on: 'collection' | 'one'): readonly string[] {
  const names = selected(call.options);
  if (!names) return DEFAULT_USER_PROPERTIES;
  for (const name of names) {
    if (FOREIGN_PROPERTIES.has(name) && on === 'collection') {
      throw new Refusal(501, 'NotImplemented', 'This operation target is not yet supported.');
    }
    if (!isUserProperty(name) && !FOREIGN_PROPERTIES.has(name)) throw unknownProperty(name, 'user');
  }
  if (names.includes('signInActivity')) requireSignInActivity(call);
  return names;
}
