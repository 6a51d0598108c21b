import type { AuditSource } from './event.ts';

/** What the logs are called, everywhere: on cards, in answers, notices and stored chains. */
export const LOG_NAMES: Readonly<Record<AuditSource, string>> = {
  directoryAudits: 'Entra audit log',
  activity: 'unified audit log',
  auditSearch: 'Purview audit search',
};
