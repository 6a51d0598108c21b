import { describe, expect, it } from 'vitest';
import type { ApprovalRequest } from '../../../../src/domain/incident/decision.ts';
import { aRequest, done, incidentOf, NORA, reassign, viewOf } from './view-of-two-users.ts';

describe('a request that waits for a second operator', () => {
  const cases: { request: Partial<ApprovalRequest>; what: string }[] = [
    { request: {}, what: 'reassign all 2 users' },
    { request: { userIds: [NORA.id] }, what: 'reassign 1 of 2 users' },
    { request: { way: 'direct' }, what: 'assign directly to all 2 users' },
  ];
  it.each(cases)('says what it would do: $what', ({ request, what }) => {
    const view = viewOf({ incident: incidentOf({ request: aRequest(request) }) });
    expect(view.request).toMatchObject({ what, by: { aadObjectId: 'megan', name: 'Megan Bowen' } });
  });

  it('shows the plan for those it was made for', () => {
    const incident = incidentOf({ request: aRequest({ userIds: [NORA.id] }) });
    expect(viewOf({ incident }).request?.plan).toMatchObject({ ready: 1, lines: [{ userId: NORA.id }] });
  });

  it('for an undo says what would be taken back', () => {
    const request = aRequest({ kind: 'undo', undoes: reassign.id, userIds: [NORA.id] });
    const view = viewOf({ incident: incidentOf({ request }), decisions: [reassign], steps: [done()] });
    expect(view.request).toMatchObject({ kind: 'undo', plan: null });
    expect(view.request?.what).toMatch(/^undo the reassign\. Takes /);
  });

  it.each([
    ['who may act on everybody', null, null, true],
    ['who may act on those whom it is about', new Set([NORA.id]), [NORA.id], true],
    ['who may act on some of them only', new Set([NORA.id]), null, false],
  ])('can be answered by somebody %s: %#', (_name, acts, userIds, answerable) => {
    const incident = incidentOf({ request: aRequest({ userIds }) });
    expect(viewOf({ incident, acts }).request?.answerable).toBe(answerable);
  });

  it('is not there when nobody asked', () => {
    expect(viewOf().request).toBeNull();
  });
});
