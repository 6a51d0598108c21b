import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { securityView } from '../../../../../src/domain/detection/alerts/view.ts';
import { cardBytes, MAX_CARD_BYTES } from '../../../../../src/teams/cards/render.ts';
import { SECURITY_PARTS, securityCard } from '../../../../../src/teams/cards/security/card.ts';
import { timesIn } from '../../../../../src/teams/cards/times.ts';
import { aSecurityIncident } from '../../../../builders/security/security-incident.ts';

const times = timesIn(null, 'Europe/Amsterdam');
const HOSTILE = fc.oneof(
  fc.string({ maxLength: 3_000, unit: 'binary' }),
  fc.constantFrom(
    '${title}',
    '{{DATE(x)}}',
    '[click](https://evil.example)',
    '<at>Everyone</at>',
    '\u202Egnp.exe',
    '**bold**',
  ),
);

describe('the card of an alert', () => {
  it('says in its first lines what happened, how bad, when and from where', () => {
    const view = securityView(aSecurityIncident(), [], true, 0);
    const card = JSON.stringify(securityCard({ view, viewer: null, times, key: 'k' }));
    expect(card).toContain('Lee Gu forwards mail to lee@fabrikam.example and keeps no copy');
    expect(card).toContain('HIGH · 23 Nov 2026, 10:10');
  });

  it('names nobody where not everybody who reads it may see everybody', () => {
    const view = securityView(aSecurityIncident(), [], false, 0);
    const card = JSON.stringify(securityCard({ view, viewer: null, times, key: 'k' }));
    expect(card).not.toMatch(/Lee Gu|lee@|lee\.gu|203\.0\.113/);
    expect(card).toContain('Mailbox forwards to outside');
  });

  it('shows whatever a record says letter by letter, and fits into a message', () => {
    fc.assert(
      fc.property(HOSTILE, HOSTILE, fc.constantFrom(null, ...SECURITY_PARTS), (one, two, open) => {
        const incident = aSecurityIncident({
          ruleTitle: two,
          labels: { actor: one, target: two },
          others: Array(5).fill(two),
          otherCount: 90,
          words: {
            title: one,
            facts: Array(6).fill({ name: two, before: one, after: two }),
            who: one,
            object: two,
            address: one,
            client: two,
          },
        });
        const record = {
          id: 'r',
          at: 0,
          operation: one,
          who: two,
          object: one,
          address: two,
          facts: Array(20).fill({ name: one, before: two, after: one }),
          raw: `${one}${two}`.repeat(20),
        };
        const events = Array(100).fill({ at: 0, operation: two, object: one, result: 'failure' });
        const view = {
          ...securityView(incident, [], true, 0),
          details: Array(5).fill(record),
          around: { about: one, from: 0, to: 1, events, more: 5 },
        };
        const card = securityCard({ view, viewer: { role: 'operator' }, times, key: 'k', open, notice: one });
        const text = JSON.stringify(card);
        expect(cardBytes(card)).toBeLessThanOrEqual(MAX_CARD_BYTES);
        expect(text).not.toMatch(/\$\{|\{\{|\]\(|\u202E/);
      }),
      { numRuns: 60 },
    );
  });
});
