import type { ApiReply } from '../http/message.ts';
import { selected } from '../odata/options.ts';
import { isoSeconds } from '../tenant/clock.ts';
import { collection, type GraphCall } from './call.ts';

export function listOrganization(call: GraphCall): ApiReply {
  const { organization, directory } = call.tenant;
  const first = directory.at(0);
  const body: Record<string, unknown> = {
    id: organization.tenantId,
    displayName: organization.displayName,
    countryLetterCode: organization.country,
    country: null,
    createdDateTime: isoSeconds(organization.createdAt),
    defaultUsageLocation: organization.country,
    onPremisesSyncEnabled: true,
    preferredLanguage: 'en',
    technicalNotificationMails: first?.mail ? [first.mail] : [],
    tenantType: 'AAD',
    verifiedDomains: [organization.domain, organization.initialDomain].map((name) => ({
      capabilities: 'Email, OfficeCommunicationsOnline',
      isDefault: name === organization.domain,
      isInitial: name === organization.initialDomain,
      name,
      type: 'Managed',
    })),
  };
  const names = selected(call.options) ?? Object.keys(body);
  const text = JSON.stringify(Object.fromEntries(names.map((name) => [name, body[name]])));
  return collection(call, 'organization', [text]);
}
