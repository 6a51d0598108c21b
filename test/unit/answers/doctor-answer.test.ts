import { describe, expect, it } from 'vitest';
import { textsOf } from '../../../src/answers/answer/answer.ts';
import { doctorAnswer } from '../../../src/answers/questions/doctor.ts';
import { bad, type Finding, good, untried } from '../../../src/domain/doctor/finding.ts';
import type { DoctorReport } from '../../../src/domain/doctor/report.ts';

const AT = Date.UTC(2026, 10, 30, 9, 0);
const TIMES = { timeZone: 'UTC', now: AT };

const answered = (findings: Finding[], before: DoctorReport['before'] = null) => {
  const answer = doctorAnswer({ at: AT, findings, before }, TIMES);
  return { answer, all: JSON.stringify(answer) };
};

describe('what the doctor found, as an answer', () => {
  it('says first what is wrong, what breaks and what puts it right', () => {
    const { answer, all } = answered([
      good('clock', 'Fine.'),
      bad('auditing', 'Auditing is off in this tenant.', { fix: 'Turn it on.' }),
      untried('feed.Audit.Exchange', 'Auditing is off.'),
    ]);
    expect(answer.lead).toBe('1 check fails: auditing.');
    const [first] = answer.blocks;
    expect(first).toMatchObject({
      kind: 'facts',
      facts: [
        { label: 'Wrong', value: 'auditing: Auditing is off in this tenant.' },
        { label: 'Without it', value: expect.stringContaining('unexplained') },
        { label: 'Fix', value: 'Turn it on.' },
      ],
    });
    expect(all).toContain('feed.Audit.Exchange');
    expect(answer.completeUntil).toContain('for the first time');
  });

  it('says that everything works, and what needs attention soon', () => {
    const { answer } = answered([
      good('clock', 'Fine.'),
      good('credential', 'Ends in 10 days.', { fix: 'Renew it.' }),
    ]);
    expect(answer.lead).toBe('Everything that could be tried works. 1 thing needs attention soon.');
  });

  it('says what is another than the last time', () => {
    const before = {
      at: AT - 86_400_000,
      findings: [
        { check: 'clock', ok: true, detail: '' },
        { check: 'channel', ok: false, detail: '' },
      ],
    };
    const findings = [bad('clock', 'Off.', { fix: 'Set it.' }), good('channel', 'There.')];
    expect(answered(findings, before).all).toContain('newly wrong: clock; put right: channel (29 Nov 09:00)');
    expect(answered([good('clock', 'Fine.')], before).all).toContain('nothing is another');
  });

  it('names all of many, and tells of the first', () => {
    const many = Array.from({ length: 9 }, (_, n) => bad(`roles.${n}`, 'Gone.', { fix: 'Set it.' }));
    const { answer } = answered(many);
    expect(answer.lead).toBe('9 checks fail: roles.0, roles.1, roles.2 and 6 others.');
    expect(textsOf(answer).join(' ')).toContain('Also wrong: roles.6, roles.7 and roles.8.');
  });
});
