import type { BotConfig } from '../../config/bot.ts';
import type { PartlyConfig } from '../../config/partly.ts';
import { bad, type Finding } from '../../domain/doctor/finding.ts';
import type { ScriptFacts } from '../../domain/doctor/fix-script.ts';
import { databaseFindings, endpointsFinding } from '../../domain/doctor/judge-machine.ts';
import { permissionFindings, signInsFinding } from '../../domain/doctor/judge-permissions.ts';
import { clockFinding, credentialFinding, tokenFinding } from '../../domain/doctor/judge-sign-in.ts';
import { teamsFindings } from '../../domain/doctor/judge-teams.ts';
import { auditingFinding, feedFindings, roleFinding } from '../../domain/doctor/judge-tenant.ts';
import { CONTENT_TYPES } from '../../microsoft365/audit/activity-reader.ts';
import { createAsk } from '../../microsoft365/doctor/ask.ts';
import { createExchange, type Exchange } from '../../microsoft365/http/exchange.ts';
import type { DatabaseLook } from '../../storage/doctor/look.ts';
import { lookAtDatabase } from '../../storage/doctor/look-at-database.ts';
import type { roomFor } from '../../storage/doctor/look-at-sqlite.ts';
import { askEndpoints } from './ask-endpoints.ts';
import { askTeams } from './ask-teams.ts';
import { askTenant, type TenantAnswers } from './ask-tenant.ts';
import { createClockNotes } from './clock-notes.ts';
import { credentialState } from './credential-state.ts';
import { getTokens } from './get-tokens.ts';
import { notedPorts } from './neighbours.ts';
import { originsOf } from './origins.ts';

export type DoctorOptions = {
  settings: PartlyConfig;
  /** For the addresses under which a platform publishes us. */
  env: Readonly<Record<string, string | undefined>>;
  /** ms UTC. */
  now: () => number;
  signal: AbortSignal;
  /** In the place of a real network. */
  exchange?: Exchange;
  /** In the place of asking the system how much room a disk has. */
  roomOf?: typeof roomFor;
};

/** The whole may take so long, ms; what has no answer by then could not be tried. */
const WITHIN_MS = 50_000;

/**
 * Tries everything that the product needs, once, in its smallest form, and says what works. Nothing is written: not to
 * the tenant, not to Teams, not to the database. Never throws for what is broken.
 */
export async function runDoctor(options: DoctorOptions): Promise<Finding[]> {
  const { settings, env, now } = options;
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(WITHIN_MS)]);
  const exchange = options.exchange ?? createExchange();
  const clock = createClockNotes();
  const ask = createAsk({ exchange, signal, now, noteClock: clock.note });
  const { tenant, bot, http, data } = settings;

  const [tokens, database, ports] = await Promise.all([
    getTokens(settings, exchange, signal),
    data.problems.length > 0 ? null : lookAtDatabase(data.value.databaseUrl, options.roomOf),
    notedPorts(),
  ]);
  const [answers, teams, endpoints] = await Promise.all([
    askTenant({ settings, tokens, ask, now }),
    askTeams(database, tokens.bot, ask),
    askEndpoints(http.problems.length > 0 ? null : http.value, tenant.value.tenantId, env, ports, signal),
  ]);
  if (clock.isEmpty) await ask({ url: `${originsOf(settings).graph}/v1.0/`, token: null });

  const credential = await credentialState(tenant.value.credential, now());
  return [
    ...settings.others.map((problem) => bad('settings', problem, { fix: problem })).slice(0, 1),
    credentialFinding({
      kind: tenant.value.credential.kind,
      clientId: tenant.value.clientId,
      problem: tenant.problems[0] ?? credential.problem,
      endsAt: credential.endsAt ?? answers.secretEndsAt,
      tokens: [answers.graphToken, answers.managementToken],
      now: now(),
    }),
    tokenFinding('token.graph', answers.graphToken, tenant.value.clientId),
    tokenFinding('token.management', answers.managementToken, tenant.value.clientId),
    tokenFinding('token.bot', tokens.bot.fact, botIdOf(bot.value)),
    clockFinding(clock.skew),
    ...tenantFindings(settings, answers, now()),
    ...databaseFindings(
      database?.facts ?? null,
      data.problems[0] ?? null,
      otherDatabase(database, endpoints.stores),
      otherTenant(database, tenant.problems.length > 0 ? null : tenant.value.tenantId),
    ),
    ...teamsFindings(teams),
    endpointsFinding(endpoints),
  ];
}

function tenantFindings(settings: PartlyConfig, answers: TenantAnswers, now: number): Finding[] {
  const { tenant } = settings;
  const permissions = permissionFindings({
    clientId: tenant.value.clientId,
    roles: answers.roles,
    noCalls: answers.noCalls,
    calls: answers.calls,
    managedIdentity: tenant.value.credential.kind === 'managed-identity',
    granted: answers.granted,
    now,
  });
  const { feeds } = answers;
  const closed = noFeeds(answers, permissions);
  const isOff = feeds?.auditing.state === 'off';
  return [
    ...permissions,
    signInsFinding(answers.signIns, answers.noCalls.graph, permissions),
    auditingFinding(closed === null ? (feeds?.auditing ?? null) : null, closed),
    ...feedFindings(
      feeds?.feeds ?? null,
      CONTENT_TYPES.map(({ contentType }) => contentType),
      closed ?? (isOff ? 'Auditing is off.' : null),
      { origin: originsOf(settings).managementApi, tenantId: tenant.value.tenantId },
    ),
    ...answers.roleFacts.map(roleFinding),
  ];
}

/** Why nothing could be learned of auditing and its feeds; null where something could. */
function noFeeds({ noCalls, feeds }: TenantAnswers, permissions: readonly Finding[]): string | null {
  if (noCalls.management !== null) return noCalls.management;
  if (permissions.some(({ check, ok }) => check === 'permission.ActivityFeed.Read' && ok === false)) {
    return 'It takes ActivityFeed.Read, which is missing.';
  }
  return feeds === null ? 'It was not tried.' : null;
}

/** A bot for our tenant that shows another database than ours. */
function otherDatabase(database: DatabaseLook | null, stores: readonly { address: string; mark: string }[]) {
  const mark = database?.mark ?? null;
  const isNew = database?.facts.reach.state === 'new';
  if (mark === null && !isNew) return null;
  return stores.find((store) => store.mark !== mark) ?? null;
}

/** `asked` is null where the settings name no tenant. */
function otherTenant(database: DatabaseLook | null, asked: string | null) {
  const watched = database?.tenant ?? null;
  return watched === null || asked === null || watched === asked ? null : { watched, asked };
}

const botIdOf = (bot: BotConfig): string => (bot.type === 'anonymous' ? '' : bot.id);

/** What the script that mends needs to know of the settings. */
export const scriptFacts = (settings: PartlyConfig): ScriptFacts => ({
  clientId: settings.tenant.value.clientId,
  botId: botIdOf(settings.bot.value),
  tenantId: settings.tenant.value.tenantId,
  graph: originsOf(settings).graph,
});
