import type { AuditEvent } from '../../../src/domain/audit/event.ts';

let count = 0;

/** Ines, an admin, changes Nora's licenses five minutes past eight; an own record each time, unless told otherwise. */
export const anAuditEvent = (over: Partial<AuditEvent> = {}): AuditEvent => ({
  id: `record-${++count}`,
  source: 'directoryAudits',
  at: Date.parse('2026-11-23T08:05:00Z'),
  operation: 'Change user license',
  workload: 'Core Directory',
  result: 'success',
  resultReason: null,
  actor: { kind: 'user', id: 'ines', name: 'ines.duarte@fabrikam.example' },
  targets: [
    {
      kind: 'user',
      id: '11111111-0000-4000-8000-000000000001',
      name: 'nora.lindqvist@fabrikam.example',
    },
  ],
  correlationId: `correlation-${count}`,
  clientIp: null,
  actionClient: null,
  modified: [],
  licenses: null,
  group: null,
  sequence: null,
  ...over,
});
