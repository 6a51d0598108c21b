/** A record of the Management Activity API, also as an export or the table OfficeActivity writes it. */
import { normaliseOperation } from '../../audit/operation.ts';
import { accountActor, appActor, isServiceAccount } from './acting.ts';
import { type ActorFacts, type Change, type Facts, LONGEST_OPERATION, type Thing } from './facts.ts';
import { isGuid, isPrincipalName, plainAddress } from './ids.ts';
import { instantIn } from './instant.ts';
import {
  type Fields,
  fieldOf,
  fieldsIn,
  guidOf,
  isFields,
  listOf,
  objectOf,
  textOf,
  wholeText,
} from './loose.ts';

/** The facts of a record; null for one without operation. */
export function activityFacts(raw: Fields): Facts | null {
  const written = textIn(raw, 'Operation', 'Operations');
  return written === null ? null : new ActivityFacts(raw, written);
}

/** The first of these fields that has a text. */
function textIn(raw: Fields, ...names: string[]): string | null {
  for (const name of names) {
    const found = textOf(fieldOf(raw, name));
    if (found !== null) return found;
  }
  return null;
}

/** Reads a part of the record when it is asked for, and once: most rules ask for little. */
class ActivityFacts implements Facts {
  readonly form = 'activity';
  readonly raw: Fields;
  readonly id: string;
  readonly at: number;
  readonly operation: string;
  readonly operationAsWritten: string;
  #extended: Map<string, string> | undefined;
  #ownDetails: Map<string, string> | undefined;
  #details: ReadonlyMap<string, string> | undefined;
  #parameters: ReadonlyMap<string, string> | undefined;
  #changes: readonly Change[] | undefined;
  #actor: ActorFacts | undefined;
  #things: readonly Thing[] | undefined;
  #outcome: Facts['outcome'] | undefined;

  constructor(raw: Fields, written: string) {
    this.raw = raw;
    this.operationAsWritten = written;
    this.operation = normaliseOperation(written.slice(0, LONGEST_OPERATION));
    this.at = instantIn(textIn(raw, 'CreationTime', 'TimeGenerated', 'CreationDate')) ?? 0;
    // Trimmed copies come without an id: such a record is known by its labels, as the archive knows it.
    this.id =
      textIn(raw, 'Id', 'OfficeId', 'RecordId', 'Identity') ??
      ['activity', this.at, this.operation, textIn(raw, 'UserId'), this.#objectId].join(':');
  }

  get log(): string {
    return textIn(this.raw, 'Workload', 'OfficeWorkload') ?? '';
  }

  get category(): string | null {
    return this.#extendedProperties.get('extendedauditeventcategory') ?? null;
  }

  get outcome(): Facts['outcome'] {
    this.#outcome ??= outcomeOf(this.operation, textIn(this.raw, 'ResultStatus'), this.changes);
    return this.#outcome;
  }

  get reason(): string | null {
    return textIn(this.raw, 'LogonError', 'ResultReason');
  }

  get actor(): ActorFacts {
    this.#actor ??= actorOf(this.raw, textIn(this.raw, 'UserId', 'UserIds'));
    return this.#actor;
  }

  get address(): string | null {
    return plainAddress(
      textIn(this.raw, 'ClientIP', 'ClientIPAddress', 'ActorIpAddress', 'Client_IPAddress'),
    );
  }

  get userAgent(): string | null {
    return (
      textIn(this.raw, 'UserAgent') ??
      this.#extendedProperties.get('useragent') ??
      this.#additionalDetails.get('user-agent') ??
      textIn(this.raw, 'ClientInfoString')
    );
  }

  get things(): readonly Thing[] {
    this.#things ??= thingsOf(this.raw, this.#objectId);
    return this.#things;
  }

  get changes(): readonly Change[] {
    this.#changes ??= changesIn(
      fieldOf(this.raw, 'ModifiedProperties'),
      this.#extendedProperties.get('targetupdatedproperties'),
    );
    return this.#changes;
  }

  get parameters(): ReadonlyMap<string, string> {
    this.#parameters ??= new Map([
      ...namedValues(fieldOf(this.raw, 'OperationProperties')),
      ...namedValues(fieldOf(this.raw, 'Parameters')),
    ]);
    return this.#parameters;
  }

  get details(): ReadonlyMap<string, string> {
    this.#details ??= new Map([...this.#extendedProperties, ...this.#additionalDetails]);
    return this.#details;
  }

  get correlation(): string | null {
    return guidLike(textIn(this.raw, 'InterSystemsId') ?? textIn(this.raw, 'CorrelationId'));
  }

  get #objectId(): string | null {
    return textIn(this.raw, 'ObjectId', 'OfficeObjectId');
  }

  get #extendedProperties(): Map<string, string> {
    this.#extended ??= namedValues(fieldOf(this.raw, 'ExtendedProperties'));
    return this.#extended;
  }

  get #additionalDetails(): Map<string, string> {
    this.#ownDetails ??= detailsIn(this.#extendedProperties.get('additionaldetails'));
    return this.#ownDetails;
  }
}

const guidLike = (text: string | null): string | null => text?.trim().toLowerCase() || null;

/** The values of a list of `{Name, Value}` by their names in lower case; a name without value is an empty text. */
function namedValues(list: unknown): Map<string, string> {
  const values = new Map<string, string>();
  for (const entry of fieldsIn(list)) {
    const name = textOf(fieldOf(entry, 'Name') ?? fieldOf(entry, 'Key'));
    if (name !== null) values.set(name.toLowerCase(), wholeText(fieldOf(entry, 'Value')) ?? '');
  }
  return values;
}

/** Additional details are an object in JSON text. */
const detailsIn = (text: string | undefined): Map<string, string> =>
  new Map(
    Object.entries(objectOf(text ?? '')).flatMap(([name, value]) => {
      const found = wholeText(value);
      return found === null ? [] : [[name.toLowerCase(), found] as const];
    }),
  );

/** Exchange writes plain texts here, everybody else objects; until 2019 it was JSON text among the extended properties. */
function changesIn(modified: unknown, old: string | undefined): Change[] {
  const list = listOf(modified);
  return (list.length === 0 && old !== undefined ? listOf(old) : list).flatMap((entry): Change[] => {
    if (typeof entry === 'string') return [{ name: entry, before: null, after: null }];
    if (!isFields(entry)) return [];
    const name = textOf(fieldOf(entry, 'Name') ?? fieldOf(entry, 'displayName'));
    const side = (field: string): string | null => wholeText(fieldOf(entry, field));
    return name === null ? [] : [{ name, before: side('OldValue'), after: side('NewValue') }];
  });
}

/** `ResultStatus` says nothing of sign-ins: of recorded wrong passwords half say Success. */
function outcomeOf(operation: string, status: string | null, changes: readonly Change[]): Facts['outcome'] {
  if (/^userloginfailed$/i.test(operation)) return 'refused';
  if (/^userloggedin$/i.test(operation)) return 'worked';
  const result = changes.find(({ name }) => /^MethodExecutionResult/i.test(name))?.after ?? '';
  if (/exception|denied|failure/i.test(result)) return 'refused';
  if (status === null) return 'unknown';
  if (/^(fail|false|error|denied|0$)/i.test(status)) return 'refused';
  return /^(succe|true|partially|1$)/i.test(status) ? 'worked' : 'unknown';
}

type Identity = { id: string; type: number | null };

function identitiesIn(list: unknown): Identity[] {
  const identities: Identity[] = [];
  for (const entry of listOf(list)) {
    if (!isFields(entry)) continue;
    const id = textOf(fieldOf(entry, 'ID'));
    if (id === null) continue;
    const type = Number(fieldOf(entry, 'Type'));
    identities.push({ id, type: Number.isFinite(type) ? type : null });
  }
  return identities;
}

const ofType = (identities: readonly Identity[], type: number): string | null =>
  identities.find((identity) => identity.type === type)?.id ?? null;

/** `User_<guid>` and its like. */
const prefixed = (identities: readonly Identity[], prefix: string): string | null => {
  const start = `${prefix}_`.toLowerCase();
  const found = identities.find(({ id }) => id.toLowerCase().startsWith(start))?.id;
  return found === undefined ? null : found.slice(start.length).toLowerCase();
};

function actorOf(raw: Fields, userId: string | null): ActorFacts {
  const type = Number(fieldOf(raw, 'UserType') ?? Number.NaN);
  const actors = identitiesIn(fieldOf(raw, 'Actor'));
  const name = ofType(actors, 1);
  const principal =
    /^ServicePrincipal_(.+)$/i.exec(userId ?? '')?.[1] ?? prefixed(actors, 'ServicePrincipal');
  const upn = ofType(actors, 5) ?? (userId !== null && isPrincipalName(userId) ? userId : null);
  const ids = actors.flatMap(({ id }) => (isGuid(id) ? [id.toLowerCase()] : []));
  if (principal !== null && upn === null) return appActor(name, principal.toLowerCase(), ids);
  const account = upn ?? userId;
  if (upn === null && name !== null && !isServiceAccount(userId)) return appActor(name, ids[0] ?? null, ids);
  const key = guidOf(textOf(fieldOf(raw, 'UserKey')));
  const id = prefixed(actors, 'User') ?? key ?? (ids.length === 1 ? (ids[0] ?? null) : null);
  const known = accountActor(account, id, Number.isFinite(type) ? type : null);
  const app = textOf(fieldOf(raw, 'ApplicationDisplayName'));
  return known.kind === 'nobody' && app !== null ? appActor(app, null, []) : known;
}

const KINDS = [
  'user',
  'group',
  'serviceprincipal',
  'application',
  'role',
  'policy',
  'device',
  'company',
  'directory',
  'domain',
];

function thingsOf(raw: Fields, objectId: string | null): Thing[] {
  const targets = identitiesIn(fieldOf(raw, 'Target'));
  const words = targets.map(({ id }) => id.toLowerCase());
  const kind = KINDS.find((word) => words.some((text) => text === word || text.startsWith(`${word}_`)));
  const upn = ofType(targets, 5) ?? (objectId !== null && isPrincipalName(objectId) ? objectId : null);
  const id =
    (kind === undefined ? null : prefixed(targets, kind)) ??
    targets.map((entry) => guidOf(entry.id)).find((guid) => guid !== null) ??
    null;
  const name = ofType(targets, 1) ?? upn ?? nameIn(objectId);
  if (name === null && id === null) return [];
  const role = upn !== null && words.includes('role') ? ofType(targets, 1) : null;
  const thing = {
    kind: kind ?? (upn === null ? 'other' : 'user'),
    id,
    name: role === null ? name : upn,
    upn,
  };
  return role === null ? [thing] : [thing, { kind: 'role', id: null, name: role, upn: null }];
}

const nameIn = (objectId: string | null): string | null =>
  objectId === null || /^(not available|unknown)/i.test(objectId) ? null : objectId;
