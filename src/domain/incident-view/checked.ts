import { LOG_NAMES } from '../audit/log-names.ts';
import { capitalised } from '../english.ts';
import { issuesOf } from './cause.ts';
import type { ViewContext } from './context.ts';
import type { IncidentView } from './view.ts';

/** What was looked at to find the cause, as Microsoft's support asks for it. */
export function checkedOf(context: ViewContext): IncidentView['checked'] {
  const { facts, stored } = context;
  const { userIds } = facts.incident;
  const synced = userIds.filter((id) => stored.get(id)?.state.onPremisesSyncEnabled === true).length;
  return {
    sources: facts.coverage.map(({ source, completeTo }) => {
      const trouble = facts.troubles?.find((one) => one.source === source);
      return { name: capitalised(LOG_NAMES[source]), completeTo, ...(trouble ? { trouble } : {}) };
    }),
    auditingEnabled: facts.auditingEnabled,
    serviceIssues: issuesOf(context).map(({ id, title, status }) => ({ id, title, status: inWords(status) })),
    cloudUsers: userIds.length - synced,
    syncedUsers: synced,
  };
}

/** `serviceDegradation` as people say it. */
const inWords = (status: string): string => status.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
