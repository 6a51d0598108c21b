import { describe, expect, it } from 'vitest';
import { explainRefusal } from '../../../../src/domain/doctor/entra-errors.ts';

const refused = (number: string | null, message = 'A sentence of Microsoft’s.') =>
  explainRefusal({ number, message, traceId: '0e5b1f8a-2c11-4c86-9d6b-6f3c1f527a0e' }, 'the-app');

describe('a refused sign-in', () => {
  it.each([
    ['7000215', 'credential', /secret is wrong/],
    ['7000222', 'credential', /has expired/],
    ['700027', 'credential', /certificate/],
    ['700213', 'credential', /subject/],
    ['7000229', 'registration', /service principal/],
    ['700016', 'registration', /not known in this tenant/],
    ['90002', 'tenant', /does not exist/],
    ['53003', 'policy', /Conditional Access/],
    ['650052', 'service', /service principal of the service/],
    ['500011', 'service', /not known in this tenant/],
    ['700024', 'clock', /clock/],
  ])('AADSTS%s blames the %s', (number, blames, says) => {
    const explained = refused(number);
    expect(explained.blames).toBe(blames);
    expect(explained.detail).toMatch(says);
    expect(explained.detail).toContain(`AADSTS${number}`);
    expect(explained.detail).toContain('0e5b1f8a-2c11');
    expect(explained.fix).not.toContain('$APP');
    expect(explained.fix).not.toBe('');
  });

  it('with a number that we do not know is told in Microsoft’s words, with its trace', () => {
    const { blames, detail, fix } = refused('999123', 'Something new happened.');
    expect(blames).toBe('unknown');
    expect(detail).toContain('Microsoft says: Something new happened. Trace ID: 0e5b1f8a');
    expect(fix).toContain('error?code=999123');
  });

  it('without a number says so', () => {
    expect(refused(null).detail).toContain('without a number');
  });
});
