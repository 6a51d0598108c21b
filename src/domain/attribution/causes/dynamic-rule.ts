import type { AuditEvent } from '../../audit/event.ts';
import { licenseOperation } from '../../audit/operation.ts';
import { scalarOf } from '../../audit/property-value.ts';
import { isCarriedOut, systemActorOf } from '../../audit/system-actors.ts';
import type { DetectedChange } from '../../license/change.ts';
import { type Evidence, lastOf } from '../evidence.ts';
import { type Finding, link } from '../finding.ts';
import { actorName, groupName, userName } from '../names.ts';
import { causeThrough, rootOfAct } from '../root.ts';

/** Properties that the log adds to every record; they are no attributes of a person. */
const HOUSEKEEPING =
  /^(included updated properties|action client name|targetid\.|actorid\.|spn$|methodexecutionresult|assignedlicense|assignedplan|licenseassignmentdetail|group\.)/i;

/** Attributes that rules and logs spell differently: rule word → words in the log. */
const OTHER_SPELLINGS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    jobtitle: ['jobtitle', 'title'],
    companyname: ['companyname', 'company'],
    physicaldeliveryofficename: ['physicaldeliveryofficename', 'office', 'officelocation'],
    userprincipalname: ['userprincipalname'],
  }),
);

/**
 * Who moved a member of a dynamic group: whoever edited its rule, or the attribute of the person that the
 * rule looks at; the later one before `until` (ms UTC). An attribute that the rule does not mention is not it.
 */
export function dynamicRule(
  change: DetectedChange,
  groupId: string,
  evidence: Evidence,
  until: number,
): Finding | null {
  const { context } = evidence;
  const name = groupName(groupId, context);
  const rule = context.groups.find((group) => group.id === groupId)?.membershipRule ?? null;
  const ruleEdit = lastOf(evidence.onGroup(groupId), ['update-group'], until, editsRule);
  const attributeEdit = evidence
    .onUser(change)
    .findLast((event) => event.at <= until && attributesOf(event, rule).length > 0);
  const record = later(ruleEdit, attributeEdit ?? null);
  if (!record) return null;
  const root = rootOfAct(evidence.withCopies(record), change, context);
  const who = actorName(root?.actor ?? null, context);
  const what =
    record === ruleEdit
      ? `${who} edited the membership rule of the group ${name}.`
      : `${who} changed ${attributeSentence(record, rule)} of ${userName(change)}, which the rule of the group ${name} looks at.`;
  return {
    level: 'proved',
    cause: causeThrough(root, 'dynamic-rule'),
    actor: root?.actor ?? null,
    chain: [link(record.at, what, evidence.withCopies(record))],
    groupId,
  };
}

const later = (a: AuditEvent | null, b: AuditEvent | null): AuditEvent | null =>
  a && b ? (a.at > b.at ? a : b) : (a ?? b);

/** What a record says was changed, in "Included Updated Properties": a list in one text. */
const includedIn = (event: AuditEvent): string[] =>
  event.modified
    .filter((property) => property.name.toLowerCase() === 'included updated properties')
    .flatMap((property) => (scalarOf(property.newValue) ?? '').split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '');

/**
 * An edit that lists its properties must list the rule; one that lists none may be it, unless Microsoft's
 * licensing service wrote it: that stamps licensed groups, too.
 */
const editsRule = (event: AuditEvent): boolean => {
  if (isCarriedOut(event)) return false;
  const own = event.modified.map((property) => property.name).filter((name) => !HOUSEKEEPING.test(name));
  const names = [...own, ...includedIn(event)];
  return names.length === 0 || names.some((name) => /membership ?rule/i.test(name));
};

/** The person's attributes that a record changed, as far as the rule mentions them; all when no rule is known. */
function attributesOf(event: AuditEvent, rule: string | null): string[] {
  if (licenseOperation(event.operation) !== 'update-user' || isLicensing(event)) return [];
  const listed = event.modified
    .filter((property) => property.oldValue !== property.newValue || property.oldValue === null)
    .map((property) => property.name);
  const changed = [...new Set([...listed, ...includedIn(event)])].filter((name) => !HOUSEKEEPING.test(name));
  if (rule === null) return changed;
  const mentioned = new Set(
    [...rule.matchAll(/user\.([A-Za-z0-9_]+)/g)].flatMap(([, word = '']) => {
      const attribute = word.toLowerCase();
      return OTHER_SPELLINGS.get(attribute) ?? [attribute];
    }),
  );
  return changed.filter((name) => mentioned.has(name.toLowerCase()));
}

/** The pair of a license record names properties of licensing alone, whatever they are called. */
const isLicensing = (event: AuditEvent): boolean => {
  const role = systemActorOf(event)?.role;
  return role === 'licensing' || role === 'group-licensing';
};

function attributeSentence(event: AuditEvent, rule: string | null): string {
  const [name = 'an attribute'] = attributesOf(event, rule);
  const property = event.modified.find((candidate) => candidate.name === name);
  const from = scalarOf(property?.oldValue ?? null);
  const to = scalarOf(property?.newValue ?? null);
  return from !== null && to !== null ? `${name} (${from} → ${to})` : name;
}
