import { breaksOf } from '../../domain/doctor/breaks.ts';
import { changesSince } from '../../domain/doctor/changes.ts';
import { type Finding, isWarning } from '../../domain/doctor/finding.ts';
import type { DoctorReport } from '../../domain/doctor/report.ts';
import { listed, listedUpTo } from '../../domain/english.ts';
import { count, plural } from '../../domain/numerals.ts';
import type { Answer, AnswerBlock } from '../answer/answer.ts';
import { facts, makeAnswer, text } from '../answer/make-answer.ts';
import { formatTime } from '../times/times.ts';

const NEXT = ['status', 'is auditing on'];
/** So many are told with all there is to say; the others by name. */
const TOLD = 6;

/** Asks for the checks: they take seconds, and are made for those only who may have them. */
export const askDoctor = async (): Promise<Answer> =>
  makeAnswer('doctor', 'The running bot tries it; here “license-watch doctor” does.', {
    next: NEXT,
    request: { kind: 'doctor' },
  });

/** What the checks found: what is wrong first, with what breaks and what puts it right; then what is another than before. */
export function doctorAnswer(report: DoctorReport, times: { timeZone: string; now: number }): Answer {
  const { findings, before, at } = report;
  const wrong = findings.filter(({ ok }) => ok === false);
  const warned = findings.filter(isWarning);
  const untried = findings.filter(({ ok }) => ok === null);
  const fine = findings.length - wrong.length - warned.length - untried.length;
  return makeAnswer('doctor', leadOf(wrong, warned), {
    blocks: [
      ...wrong.slice(0, TOLD).flatMap((finding) => told(finding, true)),
      ...text(rest(wrong.slice(TOLD))),
      ...warned.slice(0, TOLD).flatMap((finding) => told(finding, false)),
      ...facts({
        'Since the last check': changes(report, times),
        Fine: fine === 0 ? null : count(fine, 'check'),
        'Could not be tried': untried.length === 0 ? null : namesOf(untried),
      }),
    ],
    completeUntil: `Checked ${formatTime(at, times)}${before === null ? ', for the first time' : ''}.`,
    next: NEXT,
  });
}

function leadOf(wrong: readonly Finding[], warned: readonly Finding[]): string {
  const soon =
    warned.length === 0
      ? ''
      : ` ${count(warned.length, 'thing')} ${plural(warned.length, 'needs', 'need')} attention soon.`;
  if (wrong.length === 0) return `Everything that could be tried works.${soon}`;
  return `${count(wrong.length, 'check')} ${plural(wrong.length, 'fails', 'fail')}: ${leading(wrong)}.${soon}`;
}

const leading = (wrong: readonly Finding[]): string =>
  listedUpTo(
    wrong.map(({ check }) => check),
    3,
    (number) => count(number, 'other'),
  );

const told = ({ check, detail, fix }: Finding, isWrong: boolean): AnswerBlock[] =>
  facts({
    [isWrong ? 'Wrong' : 'Soon']: `${check}: ${detail}`,
    'Without it': isWrong ? breaksOf(check) : null,
    Fix: fix,
  });

const rest = (others: readonly Finding[]): string | null =>
  others.length === 0 ? null : `Also wrong: ${namesOf(others)}. “license-watch doctor” says all of it.`;

const namesOf = (findings: readonly Pick<Finding, 'check'>[]): string =>
  listed(findings.map(({ check }) => check));

function changes(
  { before, findings }: DoctorReport,
  times: { timeZone: string; now: number },
): string | null {
  if (before === null) return null;
  const { newlyWrong, putRight } = changesSince(before.findings, findings);
  const said = [
    ...(newlyWrong.length > 0 ? [`newly wrong: ${listed(newlyWrong)}`] : []),
    ...(putRight.length > 0 ? [`put right: ${listed(putRight)}`] : []),
  ].join('; ');
  return `${said === '' ? 'nothing is another' : said} (${formatTime(before.at, times)})`;
}
