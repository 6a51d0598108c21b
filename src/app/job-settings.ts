import type { LiveConfig } from '../config/live.ts';
import type { JobSettings } from '../jobs/context.ts';
import type { LiveSettings } from './live-settings.ts';

/** The settings of the jobs, as they are whenever one looks. @param clientId of the app that reads the tenant */
export const jobSettings = ({ current }: Pick<LiveSettings, 'current'>, clientId: string): JobSettings => ({
  get settleMs() {
    return current().watch.settleMs;
  },
  get massLossPercent() {
    return current().watch.massLossPercent;
  },
  get notificationUrl() {
    return current().watch.notificationUrl;
  },
  ownAppIds: [clientId],
  get secondApproverAbove() {
    return current().roles.secondApproverAbove;
  },
  get onCall() {
    return current().onCall;
  },
  get escalateAfterMs() {
    return current().routing.escalateAfterMs;
  },
  get channelShowsNames() {
    return !hasScopedRoles(current().roles);
  },
});

/** Whether somebody may act on a part of the users only: directory roles can be held over a unit. */
const hasScopedRoles = ({ scopedOperators, operatorRoleIds, ownerRoleIds }: LiveConfig['roles']): boolean =>
  scopedOperators.length + operatorRoleIds.length + ownerRoleIds.length > 0;
