/** What the bot asks of the rest of the product, made of the store, the jobs and the language. */

import type { RoleFacts } from '../answers/answer/role-facts.ts';
import type { UnitFacts } from '../answers/answer/unit-facts.ts';
import { createAsk } from '../answers/ask.ts';
import { archiveProof, isOfArchive } from '../answers/export/proof.ts';
import { exportFileName, exportLines } from '../answers/export/request.ts';
import { createFindPeople } from '../answers/find-people.ts';
import { withLicenseRecords } from '../answers/scope/license-records.ts';
import { createScopedStores } from '../answers/scope/scoped-store.ts';
import type { Config } from '../config/config.ts';
import { nobodyDecides } from '../config/roles.ts';
import type { Access } from '../domain/access/access.ts';
import { mayKnowOf } from '../domain/access/scope.ts';
import type { IncidentView } from '../domain/incident-view/view.ts';
import type { Clock, Store } from '../domain/ports.ts';
import { refreshLicenseDates } from '../jobs/collect/license-dates.ts';
import type { JobContext } from '../jobs/context.ts';
import { changeSuppression } from '../jobs/decisions/change-suppression.ts';
import { decide } from '../jobs/decisions/decide.ts';
import { moveAlerts } from '../jobs/decisions/move-alerts.ts';
import { noteSeenCard } from '../jobs/delivery/seen-card.ts';
import { showAgain } from '../jobs/delivery/show-again.ts';
import type { Scheduler } from '../jobs/running/schedule.ts';
import { portalsOf } from '../microsoft365/portals.ts';
import { certificateEnd } from '../microsoft365/sign-in/certificate-end.ts';
import type { Logger } from '../observability/logger.ts';
import { namesAuditors } from '../teams/access/role-settings.ts';
import { askingModel } from '../teams/model/asking-model.ts';
import type { BotServices } from '../teams/services.ts';
import { createDoctorService } from './doctor/doctor-service.ts';
import { groupFacts } from './group-facts.ts';
import { keepingSentences } from './keeping-sentences.ts';
import { licenseServices } from './license-services.ts';
import type { LiveSettings } from './live-settings.ts';
import { spendFacts } from './price-list-file.ts';
import { readinessLimits } from './readiness.ts';
import { rebuilt } from './rebuilt.ts';
import { retentionFacts } from './retention-file.ts';
import { securityServices } from './security-services.ts';
import { type SettingParts, settingFacts, settingServices } from './setting-services.ts';

/** Loads an incident as somebody sees it who sees and acts on these users; null when there is none. */
export type LoadView = (id: string, viewer: Pick<Access, 'sees' | 'acts'>) => Promise<IncidentView | null>;

export type ServiceParts = {
  config: Pick<Config, 'watch' | 'model' | 'tenant' | 'cloud' | 'data' | 'bot' | 'http'>;
  live: LiveSettings;
  clock: Clock;
  log: Logger;
  store: Store;
  jobs: JobContext;
  scheduler: Pick<Scheduler, 'wakeUp' | 'requestScan' | 'notified'>;
  loadView: LoadView;
  /** Administrative units; absent where no directory is asked. */
  units?: UnitFacts;
  /** Who is who in the directory; absent where none is asked. */
  directory?: SettingParts['directory'];
  /** How long a press waits for what comes of it, ms. */
  answerWithinMs: number;
};

/** What the bot asks the rest of the product for. `access` says what somebody may do and see. */
export function botServices(
  {
    config,
    live,
    clock,
    log,
    store,
    jobs,
    scheduler,
    loadView,
    answerWithinMs,
    units,
    directory,
  }: ServiceParts,
  access: BotServices['access'],
  roles: RoleFacts,
): BotServices {
  const scopedStores = createScopedStores(units ? { ...store, units } : store);
  // In a large tenant the names take seconds to read: the first question must not wait for them.
  scopedStores(null)
    .directory()
    .catch((err: unknown) => log.warn({ err }, 'the names of the tenant could not be read yet'));
  const now = (): number => clock.now();
  const zone = {
    get timeZone() {
      return live.current().watch.timeZone;
    },
  };
  const spendBy = rebuilt(live.current, ({ spend, prices }) => spendFacts(spend, prices));
  const groups = groupFacts(jobs);
  const settingParts = {
    live,
    given: live.given,
    store,
    jobs,
    scheduler,
    roles,
    groups,
    directory: directory ?? null,
    tenantId: config.tenant.tenantId,
  };
  const settings = settingFacts(settingParts);
  const ask = createAsk({
    store,
    scopedStores,
    now,
    get timeZone() {
      return zone.timeZone;
    },
    incidentView: loadView,
    get spend() {
      return spendBy();
    },
    limits: readinessLimits(config.watch),
    get nobodyDecides() {
      return nobodyDecides(live.current().roles);
    },
    groups,
    roles,
    settings,
    routing: async () => ({
      routes: await jobs.routes.current(),
      escalateAfterMs: jobs.settings.escalateAfterMs,
    }),
    adminCenter: portalsOf(config.cloud).admin,
    get auditRetentionDays() {
      return live.current().keeping.auditRetentionDays;
    },
    retention: retentionFacts(jobs.retention, store),
    certificateEndsAt: () => certificateEnd(config.tenant.credential),
    sentences: keepingSentences(store, jobs.newId, log, () => live.current().keeping.keepSentences),
    freshDates: (userIds) => refreshLicenseDates(jobs, userIds),
    ...askingModel(config.model, log),
    search: store.search,
  });
  const isAuditor = (role: Access['role'], audits: Access['audits']): boolean =>
    namesAuditors(live.current().roles) ? audits === true : role === 'owner';
  const findPeople = createFindPeople({
    scopedStores,
    ask,
    now,
    get timeZone() {
      return zone.timeZone;
    },
  });
  const incident: LoadView = async (id, viewer) => {
    const view = await loadView(id, viewer);
    return view && mayKnowOf({ users: view.userCount, hidden: view.others }) ? view : null;
  };
  const requests = licenseServices(jobs, scheduler, answerWithinMs);
  return {
    access,
    ask: (text, asker, { sees, acts, role, audits }, asked) =>
      ask(
        text,
        {
          userId: asker.person.aadObjectId,
          timeZone: asker.timeZone,
          conversation: asker.conversationKey,
          language: asker.locale?.split('-')[0] ?? null,
          sees,
          acts,
          namesHolds: asker.personal === true && (role === 'owner' || isAuditor(role, audits)),
          mayAudit: !isAuditor(role, audits) ? 'no' : asker.personal ? 'yes' : 'elsewhere',
        },
        asked,
      ),
    exportFile(request, { sees, role, audits }, asker) {
      const scoped = scopedStores(sees).store;
      const audit = { store: store.search, sees, asker, mayAudit: 'yes' as const };
      const isAllowed = isAuditor(role, audits);
      const seen = isAllowed ? scoped : withLicenseRecords(scoped);
      return {
        name: exportFileName(request, now()),
        lines: () =>
          exportLines(seen, request, { now: now(), spend: spendBy(), ...(isAllowed ? { audit } : {}) }),
        ...(isOfArchive(request) ? { proof: () => archiveProof(store.archive, now()) } : {}),
      };
    },
    findPeople: (said, asker, { sees, acts }) =>
      findPeople(said, { userId: asker.person.aadObjectId, timeZone: asker.timeZone, sees, acts }),
    incident,
    async decide(request, by, viewer) {
      const decided = await decide(jobs, request, by, viewer);
      if (decided.kind === 'accepted') scheduler.wakeUp();
      const view = await incident(request.incidentId, viewer);
      if (decided.kind === 'refused') return { ...decided, view };
      return view
        ? { kind: 'accepted', view }
        : { kind: 'refused', reason: 'I do not know this incident.', view };
    },
    async changeSuppression(request, by, viewer) {
      const decided = await changeSuppression(jobs, request, by, viewer);
      if (decided.kind === 'accepted') scheduler.wakeUp();
      return decided;
    },
    ...requests,
    ...settingServices(settingParts, settings),
    doctor: createDoctorService({ config, roles: () => live.current().roles, clock, store }),
    ...securityServices(jobs, scheduler),
    requestScan: () => scheduler.requestScan(),
    async cardSeen(seen) {
      await noteSeenCard(jobs, seen);
    },
    async addedTo(conversationKey, wasKnown) {
      if ((await showAgain(jobs, conversationKey, wasKnown)) > 0) scheduler.wakeUp();
    },
    async teamsHeard() {
      if (await store.outbox.endPauses(clock.now())) scheduler.wakeUp();
    },
    alertTargetChanged: () => scheduler.wakeUp(),
    async postAlertsIn(conversationKey, by) {
      const moved = await moveAlerts(jobs, conversationKey, by);
      scheduler.wakeUp();
      return moved;
    },
    conversations: store.conversations,
  };
}
