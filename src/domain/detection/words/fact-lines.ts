/** What a record says was changed, as lines that people read: from what, to what. */
import { listedUpTo } from '../../english.ts';
import { count } from '../../numerals.ts';
import type { FactLine } from '../alerts/security-incident.ts';
import type { RecordView } from '../record-view.ts';
import { planName, shortened, type Told } from './saying.ts';

const LISTED = 5;

/** Properties by the words for them; what has none here keeps its own name. */
const NAMES: Readonly<Record<string, string>> = {
  'role.displayname': 'Role',
  'approle.value': 'Permission',
  'delegatedpermissiongrant.scope': 'Permissions',
  'consentcontext.isadminconsent': 'By an administrator',
  'consentcontext.onbehalfofall': 'For everybody',
  keydescription: 'Secrets and certificates',
  federatedidentitycredentials: 'Trusted from outside',
  membershiprule: 'Rule of the members',
  isassignabletorole: 'Can hold admin roles',
  ispublic: 'Public',
  visibility: 'Visibility',
  usertype: 'Type of the account',
  strongauthenticationmethod: 'Second factors',
  strongauthenticationrequirement: 'Second factor asked for',
  conditionalaccesspolicy: 'Policy',
  policydetail: 'Policy',
  forwardingsmtpaddress: 'Forwards to',
  forwardingaddress: 'Forwards to',
  delivertomailboxandforward: 'Keeps a copy',
  forwardto: 'Forwards to',
  redirectto: 'Redirects to',
  forwardasattachmentto: 'Forwards as attachment to',
  accesstype: 'Visibility',
  auditenabled: 'Auditing',
  auditbypassenabled: 'Left out of mailbox auditing',
  unifiedauditlogingestionenabled: 'Records are written',
  accessrights: 'Rights',
  user: 'For',
  trustee: 'For',
  autoforwardingmode: 'Automatic forwarding',
  deletemessage: 'Deletes the mail',
  movetofolder: 'Moves it to',
  markasread: 'Marks it as read',
  name: 'Name',
};

/** Ids, what is the same in each record, and what stands in the sentence already. */
const NO_NEWS =
  /(^|\.)(ObjectID|TemplateId|RoleDefinitionOriginId|RoleDefinitionOriginType|AppId|WellKnownObjectName|ServicePrincipalNames|CreatedDateTime|LastModifiedDateTime)$|^(Included Updated Properties|TargetId\.|ActorId\.|AppRole\.(Id|DisplayName)$|((Group|Application|ServicePrincipal)\.)?DisplayName$|ServicePrincipal\.Name$|ConsentContext\.(IsAppOnly|Tags)$|ConsentAction\.|AssignedLicense|LicenseAssignmentDetail|DelegatedPermissionGrant\.ConsentType$|Identity$|Force$|AlwaysDeleteOutlookRulesBlob$|Confirm$|StopProcessingRules$|Mailbox$)/i;

/** The lines of a record: where mail goes first, then what was changed. Values that are the same on both sides say nothing. */
export function factsOf({ event, view }: Told): FactLine[] {
  const lines = [
    ...mailLines(view),
    ...planLines(view),
    ...event.modified
      .filter(({ name }) => !NO_NEWS.test(name))
      .map(({ name, oldValue, newValue }) => ({
        name: nameOf(name),
        before: plain(name, oldValue),
        after: plain(name, newValue),
      })),
    ...parameterLines(view),
  ];
  const seen = new Set<string>();
  return lines.filter(({ name, before, after }) => {
    const key = `${name}|${before}|${after}`;
    if (before === after || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

const nameOf = (property: string): string => NAMES[property.toLowerCase()] ?? shortened(property);

function mailLines(view: RecordView): FactLine[] {
  const to = view.values('lw.forward.to');
  return to === undefined
    ? []
    : [{ name: 'Sends mail to', before: null, after: shortened(to.slice(0, LISTED).map(String).join(', ')) }];
}

/** Plans by the names that people know, from on to off: a list of all licenses of somebody says less. */
function planLines(view: RecordView): FactLine[] {
  const plans = [...new Set(view.values('lw.plans.switchedoff') ?? [])].map((plan) => planName(String(plan)));
  const products = [...new Set(view.values('lw.products.removed') ?? [])].map(String);
  return [
    ...plans.slice(0, LISTED).map((name) => ({ name, before: 'on', after: 'off' })),
    ...products.slice(0, LISTED).map((name) => ({ name, before: 'given', after: 'taken away' })),
  ];
}

/** Parameters of a cmdlet: Exchange does not write what was there before. */
function parameterLines(view: RecordView): FactLine[] {
  if (!/^\w+-\w/.test(view.operation)) return [];
  const forwards = view.values('lw.forward.to') !== undefined;
  return [...new Set(view.values('Parameters.Name') ?? [])].flatMap((name): FactLine[] => {
    const property = String(name);
    const isSaid = forwards && /^(forward|redirect|blindcopy)/i.test(property);
    const after = isSaid || NO_NEWS.test(property) ? null : plain(property, firstOf(view, property));
    return after === null ? [] : [{ name: nameOf(property), before: null, after }];
  });
}

const firstOf = (view: RecordView, field: string): string | null => {
  const [value = null] = view.values(field) ?? [];
  return value === null ? null : String(value);
};

/** A value in words; null where nothing is left. */
function plain(name: string, value: string | null): string | null {
  const said = IN_WORDS[name.toLowerCase()]?.(value ?? '') ?? null;
  const text = said ?? unwrapped(value);
  if (text === '' || /^null$/i.test(text)) return null;
  if (/^\$?(true|false)$/i.test(text)) return /true/i.test(text) ? 'yes' : 'no';
  return shortened(text);
}

const listedOr = (texts: readonly string[]): string | null =>
  texts.length === 0 ? null : listedUpTo([...texts], LISTED);

/** `[KeyIdentifier=…,KeyType=Password,KeyUsage=Verify,DisplayName=ci]` is "ci (Password)". */
function keysIn(text: string): string | null {
  const keys = text.matchAll(
    /\[KeyIdentifier=([^,\]]*),\s*KeyType=([^,\]]*)[^\]]*?(?:DisplayName=([^,\]]*))?\]/gi,
  );
  return listedOr(
    [...keys].map(([, id = '', type = '', title = '']) => `${title.trim() || id.slice(0, 8)} (${type})`),
  );
}

/** Of a conditional access policy, whether it is on: the rest of it is for the portal. */
function policyState(text: string): string | null {
  const state = /\\?"state\\?"\s*:\s*\\?"([^"\\]+)/i.exec(text)?.[1];
  return state === undefined ? null : state.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}

/** Whose tokens are trusted: "repo:else/where (https://token.actions.githubusercontent.com)". */
const trustsIn = (text: string): string | null => {
  const of = (key: string): string[] =>
    [...text.matchAll(new RegExp(`\\\\?"${key}\\\\?"\\s*:\\s*\\\\?"([^"\\\\]+)`, 'gi'))].map(
      ([, said = '']) => said,
    );
  const issuers = of('Issuer');
  return listedOr(
    of('Subject').map((subject, index) => `${subject} (${issuers[index] ?? 'unknown issuer'})`),
  );
};

const methodsIn = (text: string): string | null => {
  const methods = [...text.matchAll(/MethodType/gi)].length;
  return methods === 0 ? null : count(methods, 'method');
};

/** `State` of a requirement: 0 is disabled, 1 enabled, 2 enforced (Microsoft, "Enable per-user Microsoft Entra MFA"). */
const requirementIn = (text: string): string | null => {
  const state = /\\?"State\\?"\s*:\s*(\d)/i.exec(text)?.[1];
  return state === undefined ? null : (['disabled', 'enabled', 'enforced'][Number(state)] ?? null);
};

/** The switch of the whole log: who reads that it is off also reads how it is put on again. */
const recordsWritten = (text: string): string | null =>
  /false/i.test(text)
    ? 'no; Set-AdminAuditLogConfig -UnifiedAuditLogIngestionEnabled $true in Exchange Online PowerShell starts them again'
    : null;

const IN_WORDS: Readonly<Record<string, (text: string) => string | null>> = {
  keydescription: keysIn,
  conditionalaccesspolicy: policyState,
  policydetail: policyState,
  federatedidentitycredentials: trustsIn,
  strongauthenticationmethod: methodsIn,
  strongauthenticationrequirement: requirementIn,
  unifiedauditlogingestionenabled: recordsWritten,
};

/** A value without the JSON around it: `["Public"]` is `Public`. */
function unwrapped(value: string | null): string {
  const text = (value ?? '').trim();
  try {
    const parsed: unknown = JSON.parse(text);
    const list = Array.isArray(parsed) ? parsed : [parsed];
    if (list.every((one) => typeof one !== 'object')) return list.map(String).join(', ').trim();
  } catch {
    // Most values are plain texts.
  }
  return text.replace(/^\[?\s*"?|"?\s*\]?$/g, '').trim();
}
