/** What answers say about auditing: whether it is on, since when that is known, and how it is switched on. */
import type { Auditing } from '../../domain/audit/auditing.ts';
import { formatTime, type TimeStyle } from '../times/times.ts';

/** "on, known since 12 Oct 08:00"; for a fact of a card or an answer. */
export function auditingText({ state, since, askedAt }: Auditing, style: TimeStyle): string {
  switch (state) {
    case 'on':
      return since === null ? 'on' : `on, known since ${formatTime(since, style)}`;
    case 'off':
      return since === null ? 'off' : `off since ${formatTime(since, style)}`;
    case 'unknown':
      return askedAt === null ? 'unknown: not asked yet' : 'unknown';
  }
}

/** The answer to "is auditing on": begins with yes, no or unknown. */
export function auditingAnswer(auditing: Auditing, style: TimeStyle): string {
  const { state, since, askedAt, detail } = auditing;
  const asked = askedAt === null ? '' : ` Last asked ${formatTime(askedAt, style)}.`;
  switch (state) {
    case 'on':
      return `Yes: auditing is on${since === null ? '' : `, known since ${formatTime(since, style)}`}.${asked}`;
    case 'off':
      return `No: auditing is switched off${since === null ? '' : ` since ${formatTime(since, style)}`}.${asked}`;
    case 'unknown': {
      const why = askedAt === null ? 'Microsoft has not been asked yet.' : (detail ?? '');
      return `Unknown: nothing tells whether auditing is on. ${why}`.trim();
    }
  }
}

/** https://learn.microsoft.com/en-us/purview/audit-log-enable-disable */
export const TURN_ON_AUDITING: readonly string[] = [
  'To turn auditing on: 1. Open PowerShell as somebody with the role Audit Logs of Exchange Online, as Global Administrators are, and run Connect-ExchangeOnline.',
  '2. Run Set-AdminAuditLogConfig -UnifiedAuditLogIngestionEnabled $true. (Or: Purview portal, Audit, “Start recording user and admin activity”.)',
  '3. Wait: it can take up to 60 minutes, and what happened before is in no log. Get-AdminAuditLogConfig | FL UnifiedAuditLogIngestionEnabled shows True.',
];
