/** A `directoryAudit` of Microsoft Graph, also in Azure Monitor's envelope or as a row of the table AuditLogs. */
import { normaliseOperation } from '../../audit/operation.ts';
import { accountActor, appActor } from './acting.ts';
import { type ActorFacts, type Change, type Facts, LONGEST_OPERATION, type Thing } from './facts.ts';
import { plainAddress } from './ids.ts';
import { instantIn } from './instant.ts';
import { type Fields, fieldOf, fieldsIn, guidOf, objectOf, textOf, wholeText } from './loose.ts';

/** The facts of a record; null for one without activity. */
export function graphFacts(body: Fields): Facts | null {
  const inner = objectOf(fieldOf(body, 'properties'));
  const raw: Fields = Object.keys(inner).length === 0 ? body : { ...body, ...inner };
  const text = (...names: string[]): string | null => {
    for (const name of names) {
      const found = textOf(fieldOf(raw, name));
      if (found !== null) return found;
    }
    return null;
  };
  const written = text('activityDisplayName', 'operationName', 'ActivityDisplayName');
  const id = text('id');
  const at = instantIn(text('activityDateTime', 'createdDateTime', 'time', 'TimeGenerated')) ?? 0;
  if (written === null) return null;
  const targets = fieldsIn(fieldOf(raw, 'targetResources'));
  const initiator = objectOf(fieldOf(raw, 'initiatedBy'));
  const details = detailsIn(fieldOf(raw, 'additionalDetails'));
  return {
    form: 'graph',
    raw,
    id:
      id ??
      [
        'directory',
        at,
        normaliseOperation(written.slice(0, LONGEST_OPERATION)),
        text('correlationId'),
        guidOf(textOf(fieldOf(targets[0] ?? {}, 'id'))),
      ].join(':'),
    at,
    operation: normaliseOperation(written.slice(0, LONGEST_OPERATION)),
    operationAsWritten: written,
    log: text('loggedByService') ?? '',
    category: text('category'),
    outcome: outcomeOf(text('result')),
    reason: text('resultReason', 'resultDescription'),
    actor: actorOf(initiator),
    address: plainAddress(
      textOf(fieldOf(objectOf(fieldOf(initiator, 'user')), 'ipAddress')) ??
        text('callerIpAddress') ??
        details.get('ipaddr') ??
        null,
    ),
    userAgent: details.get('user-agent') ?? text('userAgent'),
    things: targets.map(thingOf),
    changes: [
      ...targets.flatMap((target) => changesIn(fieldOf(target, 'modifiedProperties'))),
      ...changesIn(fieldOf(raw, 'modifiedProperties')),
    ],
    parameters: new Map(),
    details,
    correlation: text('correlationId')?.trim().toLowerCase() ?? null,
  };
}

function detailsIn(list: unknown): Map<string, string> {
  const details = new Map<string, string>();
  for (const entry of fieldsIn(list)) {
    const key = textOf(fieldOf(entry, 'key'));
    if (key !== null) details.set(key.toLowerCase(), wholeText(fieldOf(entry, 'value')) ?? '');
  }
  return details;
}

function outcomeOf(result: string | null): Facts['outcome'] {
  if (result === null) return 'unknown';
  if (/^succe/i.test(result)) return 'worked';
  return /^(fail|denied|error|timeout)/i.test(result) ? 'refused' : 'unknown';
}

function actorOf(initiator: Fields): ActorFacts {
  const user = objectOf(fieldOf(initiator, 'user'));
  const app = objectOf(fieldOf(initiator, 'app'));
  const text = (from: Fields, name: string): string | null => textOf(fieldOf(from, name));
  const person = text(user, 'userPrincipalName') ?? text(user, 'id');
  if (person !== null) return accountActor(person, guidOf(text(user, 'id')), null);
  const named = text(app, 'displayName') ?? text(app, 'servicePrincipalName') ?? text(app, 'appId');
  const appIds = [text(app, 'appId'), text(app, 'servicePrincipalName')].filter((id) => id !== null);
  const id = guidOf(text(app, 'servicePrincipalId'));
  return named === null && id === null
    ? { kind: 'nobody', name: text(user, 'displayName'), id: null }
    : appActor(named, id, appIds);
}

/** The documents' first example writes `Type`, recorded answers write `type`. */
const thingOf = (target: Fields): Thing => ({
  kind: (textOf(fieldOf(target, 'type')) ?? 'other').toLowerCase().replaceAll(' ', ''),
  id: guidOf(textOf(fieldOf(target, 'id'))),
  name: textOf(fieldOf(target, 'displayName')),
  upn: textOf(fieldOf(target, 'userPrincipalName')),
});

const changesIn = (list: unknown): Change[] =>
  fieldsIn(list).flatMap((entry) => {
    const name = textOf(fieldOf(entry, 'displayName') ?? fieldOf(entry, 'Name'));
    const side = (field: string): string | null => wholeText(fieldOf(entry, field));
    return name === null ? [] : [{ name, before: side('oldValue'), after: side('newValue') }];
  });
