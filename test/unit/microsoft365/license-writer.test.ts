import { afterEach, describe, expect, it } from 'vitest';
import { createLicenseWriter } from '../../../src/microsoft365/writer/license-writer.ts';
import { E3 } from '../../builders/graph-user.ts';
import { type LocalService, type Reply, startLocalService } from '../../builders/local-service.ts';
import { aGraph, signal } from './a-graph.ts';

const badRequest = (message: string, details?: { code: string }[]): Reply => ({
  status: 400,
  json: { error: { code: 'Request_BadRequest', message, ...(details ? { details } : {}) } },
});

describe('assigning a license', () => {
  let service: LocalService | null = null;
  afterEach(async () => {
    await service?.close();
    service = null;
  });

  const assign = async (reply: Reply) => {
    service = await startLocalService(() => reply);
    const writer = createLicenseWriter(aGraph(service.origin), signal);
    const outcome = await writer.assign('user-1', [{ skuId: E3, disabledPlans: ['p1'] }]);
    return { outcome, received: service.received };
  };

  it('sends all licenses of a user in one call, and removes none', async () => {
    const { outcome, received } = await assign({ json: { id: 'user-1' } });
    expect(outcome).toEqual({ ok: true });
    expect(received).toMatchObject([{ method: 'POST', url: '/v1.0/users/user-1/assignLicense' }]);
    expect(received[0]?.headers['content-type']).toBe('application/json');
    expect(JSON.parse(received[0]?.body ?? '')).toEqual({
      addLicenses: [{ skuId: E3, disabledPlans: ['p1'] }],
      removeLicenses: [],
    });
  });

  it.each<[string, Reply]>([
    ['usage-location', badRequest('License assignment cannot be done for user with invalid usage location.')],
    ['no-seats', badRequest(`Subscription with SKU ${E3} does not have any available licenses.`)],
    ['conflict', badRequest('License assignment failed because service plans a, b are mutually exclusive')],
    [
      'conflict',
      badRequest('License assignment failed because service plan a conflicts with service plan b.'),
    ],
    ['conflict', badRequest('Something new.', [{ code: 'MutuallyExclusiveViolation' }])],
    [
      'dependency',
      badRequest('License assignment failed because service plan a depends on the service plan(s) b, c'),
    ],
    ['not-owned', badRequest(`License ${E3} does not correspond to a valid company License.`)],
    [
      'refused',
      badRequest(
        'User license is inherited from a group membership and it cannot be removed directly from the user.',
      ),
    ],
    ['refused', badRequest('Something that nobody has seen.')],
    ['not-found', { status: 404, json: { error: { code: 'Request_ResourceNotFound', message: '' } } }],
    ['forbidden', { status: 403, json: { error: { code: 'Authorization_RequestDenied', message: '' } } }],
  ])('is refused for good with %s: %j', async (code, reply) => {
    const { outcome } = await assign(reply);
    expect(outcome).toMatchObject({ ok: false, retryable: false, code });
    expect(outcome.ok ? '' : outcome.message).toMatch(/^[A-Z].+\.$/);
  });

  it.each<[string, Reply]>([
    ['throttled', { status: 429, headers: { 'retry-after': '3600' } }],
    ['server-error', { status: 500 }],
    ['unreachable', 'cut'],
  ])('can be tried again later after %s', async (code, reply) => {
    const { outcome } = await assign(reply);
    expect(outcome).toMatchObject({ ok: false, retryable: true, code });
  });
});
