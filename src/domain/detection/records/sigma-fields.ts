/** Fields as Sigma rules of the products `m365` and `azure` spell them, by their names in lower case. */
import type { FieldValue } from '../record-view.ts';
import type { Facts } from './facts.ts';
import { type FieldTable, one, some, type Values } from './field-table.ts';
import { fieldOf, fieldsIn, jsonText, objectOf, plainValues, textOf } from './loose.ts';
import { otherNamesOf } from './other-names.ts';

const raw = (facts: Facts, name: string): string | null => textOf(fieldOf(facts.raw, name));
const distinct = (values: readonly (FieldValue | null | undefined)[]): Values => {
  const kept = [...new Set(values)].filter((value) => value !== null && value !== undefined && value !== '');
  return kept.length === 0 ? undefined : (kept as FieldValue[]);
};

/** As written, without the dot, and with it: rules are written against either log. */
const operation = (facts: Facts): Values =>
  distinct([
    facts.operationAsWritten,
    facts.operation,
    `${facts.operation}.`,
    ...otherNamesOf(facts.operation),
  ]);

const OUTCOMES = { worked: ['Success', 'Succeeded'], refused: ['Failure', 'Failed'], unknown: [] } as const;

/** Sign-ins tell by their operation; everything else that does not say that it failed is a success. */
const status = (facts: Facts): Values =>
  distinct([
    ...(facts.outcome === 'unknown' && facts.form === 'activity' ? OUTCOMES.worked : OUTCOMES[facts.outcome]),
    raw(facts, 'Status'),
    facts.reason,
    ...(errorNumber(facts) === '500121' ? ['MFA Denied'] : []),
  ]);

const isSignIn = (facts: Facts): boolean =>
  /^(userlogg?edin|userloginfailed|sign-in activity)$/i.test(facts.operation);

function errorNumber(facts: Facts): string | null {
  if (!isSignIn(facts)) return null;
  const said =
    raw(facts, 'ErrorNumber') ??
    raw(facts, 'ErrorCode') ??
    raw(facts, 'resultType') ??
    textOf(fieldOf(objectOf(fieldOf(facts.raw, 'status')), 'errorCode'));
  return said ?? (/^userlogg?edin$/i.test(facts.operation) ? '0' : null);
}

/** What the sign-in log says of an error, beside the short name that the activity log has. Source: Entra error codes. */
const DESCRIPTIONS: Readonly<Record<string, readonly string[]>> = {
  '50057': ['User account is disabled. The account has been disabled by an administrator.', 'Failure'],
  '50074': ['Strong Auth required'],
  '50097': ['Device authentication is required'],
  '50155': ['DeviceAuthenticationFailed'],
  '50158': ['ExternalSecurityChallenge - External security challenge was not satisfied'],
  '53003': ['Blocked by Conditional Access'],
  '500121': ['Authentication failed during strong authentication request'],
};

const description = (facts: Facts): Values =>
  distinct([facts.reason, ...(DESCRIPTIONS[errorNumber(facts) ?? ''] ?? [])]);

/** Properties of the device that signed in, a list of names and values. */
const device =
  (name: string) =>
  (facts: Facts): Values => {
    const entry = fieldsIn(fieldOf(facts.raw, 'DeviceProperties')).find(
      (property) => textOf(fieldOf(property, 'Name'))?.toLowerCase() === name,
    );
    const detail = fieldOf(objectOf(fieldOf(facts.raw, 'deviceDetail')), name);
    if (!isSignIn(facts)) return undefined;
    return [textOf(entry === undefined ? detail : fieldOf(entry, 'Value')) ?? ''];
  };

/** Texts of one change, as rules for whole messages quote them, and as rules for single values look for names. */
const changeTexts = (facts: Facts): string[] =>
  facts.changes.map(
    ({ name, before, after }) =>
      `"displayName":${jsonText(name)},"oldValue":${jsonText(before)},"newValue":${jsonText(after)}`,
  );

const message = (facts: Facts): Values =>
  distinct([
    ...(operation(facts) ?? []),
    facts.reason,
    ...facts.changes.map(({ name }) => `${facts.operation} Sucess- Property Name ${name}`),
    ...changeTexts(facts),
    ...(isSignIn(facts) ? signInWords(facts) : []),
  ]);

/** How somebody signed in. */
const signInWords = (facts: Facts): string[] => {
  const said = [
    facts.details.get('requesttype'),
    facts.details.get('userauthenticationmethod'),
    raw(facts, 'authenticationProtocol'),
    facts.userAgent,
  ].join(' ');
  return [
    ...(/device ?code|cmsi:cmsi.*device/i.test(said) ? ['Device Code'] : []),
    ...(/ropc|bav2ropc|oauth2:token.*password/i.test(said) ? ['ROPC'] : []),
  ];
};

const newValues = (facts: Facts): Values =>
  distinct(
    facts.changes.flatMap(({ name, after }) => [after, ...plainValues(after), `${name}=${after ?? ''}`]),
  );
const oldValues = (facts: Facts): Values =>
  distinct(facts.changes.flatMap(({ before }) => [before, ...plainValues(before)]));
const changeNames = (facts: Facts): Values => some(facts.changes.map(({ name }) => name));

const upnOrNone = (facts: Facts): Values =>
  distinct([facts.actor.name, facts.actor.kind === 'person' ? 'UPN' : facts.actor.kind]);
const targets = (facts: Facts): Values =>
  distinct([
    ...facts.things.flatMap(({ upn, name, id }) => [upn, name, id]),
    ...(facts.things.some(({ upn }) => upn !== null) ? ['UPN'] : []),
  ]);

/** Alerts of the compliance portal have their name in a field of its own. */
const eventName = (facts: Facts): Values =>
  distinct([...(operation(facts) ?? []), raw(facts, 'Name'), raw(facts, 'AlertName')]);

const isElevation = (facts: Facts): boolean => /user access admin/i.test(facts.operation);

/** A client that signs in by a protocol of old, by its name in the user agent. */
const clientApp = (facts: Facts): Values => {
  if (!isSignIn(facts)) return undefined;
  const said = `${raw(facts, 'clientAppUsed') ?? ''} ${facts.userAgent ?? ''} ${facts.details.get('requesttype') ?? ''}`;
  const known: readonly (readonly [RegExp, string])[] = [
    [/imap/i, 'IMAP'],
    [/pop3?\b/i, 'POP3'],
    [/mapi/i, 'MAPI'],
    [/smtp/i, 'SMTP'],
    [/activesync|EAS\b/i, 'Exchange ActiveSync'],
    [/exchange ?web ?services|ExchangeServices/i, 'Exchange Web Services'],
    [/BAV2ROPC|CBAinPROD|CBAinTAR|other clients?/i, 'Other client'],
  ];
  return distinct([
    raw(facts, 'clientAppUsed'),
    ...known.flatMap(([pattern, name]) => (pattern.test(said) ? [name] : [])),
  ]);
};

export const SIGMA_FIELDS: FieldTable = {
  operation,
  operationname: operation,
  activitydisplayname: operation,
  activity: operation,
  activitytype: operation,
  eventname: eventName,
  'properties.message': message,
  message,
  eventsource: (facts) => distinct([facts.log, raw(facts, 'Source')]),
  workload: (facts) => distinct([facts.log]),
  officeworkload: (facts) => distinct([facts.log]),
  loggedbyservice: (facts) => distinct([facts.log]),
  status,
  result: status,
  resultstatus: (facts) => distinct([raw(facts, 'ResultStatus'), ...(status(facts) ?? [])]),
  'properties.result': status,
  resultreason: description,
  failure_status_reason: description,
  resultdescription: description,
  resulttype: (facts) => one(errorNumber(facts)),
  errornumber: (facts) => one(errorNumber(facts)),
  errorcode: (facts) => one(errorNumber(facts)),
  category: (facts) => distinct([facts.category, ...(isElevation(facts) ? ['Administrative'] : [])]),
  activitydetails: (facts) => (isSignIn(facts) ? ['Sign-ins'] : operation(facts)),
  // What a compliance search was told is spread over several fields.
  payload: (facts) => [JSON.stringify(facts.raw)],
  username: upnOrNone,
  initiatedby: upnOrNone,
  target: targets,
  userid: (facts) => distinct([raw(facts, 'UserId'), facts.actor.name]),
  useragent: (facts) => distinct([facts.userAgent]),
  clientip: (facts) => distinct([facts.address, raw(facts, 'ClientIP')]),
  ipaddress: (facts) => distinct([facts.address]),
  clientapp: clientApp,
  'targetresources.type': (facts) =>
    distinct(
      facts.things.flatMap(({ kind }) =>
        kind === 'serviceprincipal' ? ['ServicePrincipal', 'Service Principal'] : [kind],
      ),
    ),
  'targetresources.modifiedproperties.displayname': changeNames,
  'targetresources.modifiedproperties.newvalue': newValues,
  'targetresources.modifiedproperties.oldvalue': oldValues,
  'modifiedproperties.name': changeNames,
  'modifiedproperties.newvalue': newValues,
  'modifiedproperties.oldvalue': oldValues,
  'devicedetail.iscompliant': device('iscompliant'),
  'devicedetail.trusttype': device('trusttype'),
  'devicedetail.deviceid': device('deviceid'),
};
