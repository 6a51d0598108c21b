import { LOG_NAMES } from '../../domain/audit/log-names.ts';
import { ENTRA_DAYS, FEED_DAYS, retentionOf, UNIFIED_DAYS } from '../../domain/audit/retention.ts';
import { capitalised, listedUpTo } from '../../domain/english.ts';
import { count, numeral } from '../../domain/numerals.ts';
import type { Query } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { makeAnswer, table, text } from '../answer/make-answer.ts';
import { retentionPolicies } from '../records/retention-policies.ts';
import { formatTime } from '../times/times.ts';
import { completeUntil } from '../words/completeness.ts';
import { namesIn } from '../words/names.ts';
import { purgeText } from './collection.ts';

const MAX_NAMES = 2;

/**
 * How long Microsoft keeps each log by license, what that is in this tenant, how far back the archive reaches, and by
 * which policies it keeps records.
 */
export async function retention(query: Query, deps: AnswerDeps): Promise<Answer> {
  const { store } = deps;
  const tenant = await store.users.tenant();
  const names = namesIn(tenant);
  const { entraDays, entraBy, yearBy } = retentionOf(tenant.skus);
  const products = (skuIds: readonly string[]): string => listedUpTo(skuIds.map(names.product), MAX_NAMES);
  const begin = Math.min(...(await store.audit.feeds()).map(({ from }) => from));
  const since = Number.isFinite(begin) ? formatTime(begin, deps) : null;
  const isKnown = tenant.skus.length > 0;
  const year = yearBy.length > 0 ? `; a year for people with ${products(yearBy)}` : '';
  const entraHere = !isKnown
    ? 'not known: the tenant has not been read yet'
    : `${numeral(entraDays)} days: ${entraBy.length > 0 ? `the tenant has ${products(entraBy)}` : 'no product with Entra ID P1 or P2'}`;
  const unifiedHere = !isKnown
    ? `${numeral(UNIFIED_DAYS)} days or more`
    : yearBy.length > 0
      ? `${numeral(UNIFIED_DAYS)} days${year}`
      : `${numeral(UNIFIED_DAYS)} days: no product with Audit (Premium)`;
  const lead = isKnown
    ? `Microsoft keeps the ${LOG_NAMES.directoryAudits} ${numeral(entraDays)} days here, and the ${LOG_NAMES.activity} ${numeral(UNIFIED_DAYS)} days${year}.`
    : `Microsoft keeps the ${LOG_NAMES.directoryAudits} ${numeral(ENTRA_DAYS.free)} or ${numeral(ENTRA_DAYS.premium)} days, and the ${LOG_NAMES.activity} ${numeral(UNIFIED_DAYS)} days or more, by license.`;
  const kept = await retentionPolicies(query, deps);
  return makeAnswer('coverage', lead, {
    ...kept.rest,
    blocks: [
      ...table(
        ['Log', 'Microsoft keeps it', 'Here'],
        [
          [
            capitalised(LOG_NAMES.directoryAudits),
            `${numeral(ENTRA_DAYS.premium)} days with Entra ID P1 or P2, ${numeral(ENTRA_DAYS.free)} without`,
            entraHere,
          ],
          [
            capitalised(LOG_NAMES.activity),
            `${numeral(UNIFIED_DAYS)} days; a year for people with E5 or Audit (Premium) in Entra, Exchange, SharePoint and OneDrive; up to 10 years with an add-on`,
            unifiedHere,
          ],
          [
            'What I read of it',
            `${numeral(FEED_DAYS)} days, then only a search finds it`,
            since === null ? 'nothing read yet' : `read since ${since}`,
          ],
          [
            'My archive',
            'Microsoft removes nothing of it',
            archiveText(deps, purgeText(await store.audit.lastPurge(), deps)),
          ],
        ],
      ),
      ...kept.blocks,
      ...text(
        `What Microsoft has removed nobody can read again, also after an upgrade. Of before I was set up, “license-watch backfill” searches what is still there.`,
      ),
    ],
    completeUntil: await completeUntil(store, deps),
    next: ['are the audit logs complete', 'is auditing on'],
  });
}

function archiveText({ auditRetentionDays: days }: AnswerDeps, purged: string | null): string {
  const kept =
    days === undefined
      ? 'kept as AUDIT_RETENTION_DAYS says'
      : days === null
        ? 'kept without an end'
        : `kept ${count(days, 'day')}`;
  return purged === null ? kept : `${kept}; removed: ${purged}`;
}
