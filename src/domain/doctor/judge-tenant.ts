import type { FeedFact, RoleSource } from './facts.ts';
import { bad, type Finding, good, untried } from './finding.ts';
import { quoted } from './fix-script.ts';

/** Whether the tenant audits. `why` says why it could not be asked. */
export function auditingFinding(
  auditing: { state: 'on' | 'off' | null; detail: string } | null,
  why: string | null,
): Finding {
  const check = 'auditing';
  if (auditing === null) return untried(check, why ?? 'It was not tried.');
  if (auditing.state === 'on') return good(check, 'The tenant audits.');
  if (auditing.state === null) return untried(check, auditing.detail);
  return bad(check, auditing.detail, {
    fix: 'Turn it on: Microsoft Purview portal, Audit, “Start recording user and admin activity”; or in Exchange Online PowerShell: Set-AdminAuditLogConfig -UnifiedAuditLogIngestionEnabled $true. It takes up to an hour.',
    commands: [
      "pwsh -Command 'Connect-ExchangeOnline; Set-AdminAuditLogConfig -UnifiedAuditLogIngestionEnabled $true'",
    ],
  });
}

/** One finding for each content type of the Management Activity API; all untried where the tenant does not audit. */
export function feedFindings(
  feeds: readonly FeedFact[] | null,
  contentTypes: readonly string[],
  why: string | null,
  where: { origin: string; tenantId: string },
): Finding[] {
  if (feeds === null || why !== null) {
    return contentTypes.map((type) =>
      untried(`feed.${type}`, why ?? 'The list of open content types cannot be read.'),
    );
  }
  return feeds.map((feed) => feedFinding(feed, where));
}

function feedFinding(
  { contentType, state, optional }: FeedFact,
  { origin, tenantId }: { origin: string; tenantId: string },
): Finding {
  const check = `feed.${contentType}`;
  if (state === 'started') return good(check, 'Open.');
  if (optional)
    return untried(check, 'Not open. It is optional, and takes the permission ActivityFeed.ReadDlp.');
  const url = `${origin}/api/v1.0/${tenantId}/activity/feed/subscriptions/start?contentType=${contentType}&PublisherIdentifier=${tenantId}`;
  return bad(check, 'Not open: Microsoft collects no records of this kind for us.', {
    fix: `Start the bot: it opens it with its first collection. Or POST ${url} with a token of the app.`,
    commands: [`az rest --method POST --url ${quoted(url)} --resource ${quoted(origin)}`],
  });
}

export type RoleFacts = {
  role: 'reader' | 'operator' | 'owner' | 'auditor';
  /** The settings that give it, for people. */
  settings: string;
  /** What gives it; null where nothing does. */
  sources: readonly RoleSource[] | null;
  /** Why nothing could be asked; null where it was. */
  why: string | null;
};

/** Whether somebody has this role by what the settings name. */
export function roleFinding({ role, settings, sources, why }: RoleFacts): Finding {
  const check = `roles.${role}`;
  if (sources === null) {
    return untried(check, `Nothing gives this role. Set ${settings}, if somebody is to have it.`);
  }
  if (why !== null) return untried(check, why);
  const gone = sources.flatMap((source) =>
    source.kind === 'group' && source.state === 'missing' ? [source.id] : [],
  );
  if (gone.length > 0) {
    const ids = gone.join(', ');
    return bad(check, `The group ${ids} does not exist (any more).`, {
      fix: `Restore it within 30 days (Entra admin center, Groups, Deleted groups; security groups cannot be restored), or set ${settings} to another group and restart.`,
      commands: gone.map(
        (id) =>
          `az ad group show --group ${quoted(id)}   # then set ${settings.split(' ')[0]} to a group that exists`,
      ),
    });
  }
  const isHeld = sources.some((source) => source.kind !== 'unknown' && source.state === 'members');
  if (isHeld) return good(check, 'Somebody has it.');
  const silent = sources.find((source) => source.kind === 'unknown');
  if (silent) return untried(check, silent.why);
  const groups = sources.flatMap((source) => (source.kind === 'group' ? [source.id] : []));
  const what =
    groups.length > 0
      ? `Nobody is in the group ${groups.join(', ')}`
      : 'Nobody holds the directory roles that give it';
  return bad(check, `${what}.`, {
    fix:
      groups.length > 0
        ? `Add somebody: az ad group member add --group ${groups[0]} --member-id <object id of the person>.`
        : `Give somebody one of the directory roles of ${settings}, or set a group.`,
    commands: groups.map(
      (id) =>
        `az ad group member add --group ${quoted(id)} --member-id "$(az ad signed-in-user show --query id --output tsv)"   # you, or another person`,
    ),
  });
}
