import type { AuditSource } from './event.ts';

/** What the sources are called in the middle of a sentence. */
export const LOG_NAMES: Readonly<Record<AuditSource, string>> = {
  directoryAudits: "Entra's log",
  activity: 'the unified audit log',
  auditSearch: 'the audit search',
};
