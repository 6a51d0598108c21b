import { describe, expect, it } from 'vitest';
import { attribute } from '../../../../src/domain/attribution/causes/attribute.ts';
import type { AttributionContext } from '../../../../src/domain/attribution/verdict.ts';
import type { AuditEvent } from '../../../../src/domain/audit/event.ts';
import { anAttributionContext } from '../../../builders/audit/attribution-context.ts';
import { anAuditEvent } from '../../../builders/audit/audit-event.ts';
import { aChange } from '../../../builders/license/license-change.ts';
import { anAssignment } from '../../../builders/license/user-state.ts';

const E3 = '05e9a617-0261-4cee-bb44-138d3ef5d965';
const E5 = '06ebc4ee-1bb5-47dd-8120-11324bc54e06';
const VISIO = 'c5928f49-12ba-48f7-ada3-0d743a3601d5';
const NORA = aChange().userId ?? '';
const logged = (...skuIds: string[]) =>
  skuIds.map((skuId) => ({ skuId, partNumber: null, disabledPlans: [] }));
const on = (id: string): AuditEvent['targets'] => [{ kind: 'user', id, name: null }];

const lost = aChange();
const swap = aChange({
  id: 'swap',
  kind: 'swap',
  userId: 'bert',
  newSkuId: E5,
  after: [anAssignment({ skuId: E5 })],
});
const removal = anAuditEvent({ id: 'removal', licenses: { before: logged(E3), after: [] } });
const swapped = anAuditEvent({
  id: 'swapped',
  targets: on('bert'),
  licenses: { before: logged(E3), after: logged(E5) },
});

function lossAmong(over: Partial<AttributionContext>) {
  const context = anAttributionContext({ changes: [lost], ...over });
  const [verdict] = attribute([lost], { ...context, events: [removal, ...context.events] });
  return { missing: verdict?.missingSkuId, chain: verdict?.chain.map(({ what }) => what), verdict };
}

describe('a swap that is half done', () => {
  it('shows by the others whom the same hand swapped', () => {
    const { missing, chain, verdict } = lossAmong({ changes: [lost, swap], events: [swapped] });
    expect(missing).toBe(E5);
    expect(chain?.at(-1)).toBe(
      'Swap half done: Nora Lindqvist lost Microsoft 365 E3 and did not get Microsoft 365 E5 in its place.',
    );
    expect(verdict).toMatchObject({ level: 'proved', cause: 'admin-action', evidence: ['removal'] });
  });

  it('shows by others who got the second half later', () => {
    const two = aChange({ id: 'two', userId: 'bert' });
    const taken = { ...removal, id: 'taken', targets: on('bert') };
    const replacements = [{ userId: 'bert', skuId: E3, newSkuId: E5 }];
    expect(lossAmong({ changes: [lost, two], events: [taken], replacements }).missing).toBe(E5);
  });

  it('shows by an addition that failed', () => {
    const failed = anAuditEvent({ result: 'failure', licenses: { before: [], after: logged(E5) } });
    const { missing, verdict } = lossAmong({ events: [failed] });
    expect(missing).toBe(E5);
    expect(verdict?.evidence).toEqual(['removal']);
  });

  it.each<{ name: string; over: Partial<AttributionContext> }>([
    { name: 'nobody was swapped', over: {} },
    {
      name: 'somebody else swapped them',
      over: {
        changes: [lost, swap],
        events: [{ ...swapped, actor: { kind: 'user', id: 'tom', name: 'tom@fabrikam.example' } }],
      },
    },
    {
      name: 'an unrelated product failed',
      over: {
        events: [anAuditEvent({ result: 'failure', licenses: { before: [], after: logged(VISIO) } })],
      },
    },
    {
      name: 'the user has the second half by now',
      over: {
        changes: [lost, swap],
        events: [swapped],
        replacements: [{ userId: NORA, skuId: E3, newSkuId: E5 }],
      },
    },
  ])('is only a loss when $name', ({ over }) => {
    expect(lossAmong(over).missing).toBeUndefined();
  });
});
