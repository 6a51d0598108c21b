import type { Subject } from '../../domain/access/person.ts';
import type { Query } from '../../language/query.ts';
import { splitReason } from '../../language/sentence/reason.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { makeAnswer } from '../answer/make-answer.ts';
import { openIncidents } from '../questions/incidents.ts';
import { isSame, subjectNames, subjectsOf } from '../words/subjects.ts';
import { formatTime } from '../words/times.ts';
import { untilOf } from '../words/until.ts';
import { incidentAction } from './incident-action.ts';

/**
 * "Snooze E3 until Friday: known migration" is asked for, not done. Without a person, product or group, or
 * without an end, it is about an open incident, whose card has the button.
 */
export async function snooze(query: Query, deps: AnswerDeps): Promise<Answer> {
  const until = untilOf(query, deps.now);
  const subjects = subjectsOf(query);
  const [subject] = subjects;
  if (!subject) return incidentAction(query, deps);
  if (until === null) {
    if ((await openIncidents(query, deps)).length > 0) return incidentAction(query, deps);
    const { name, unmistakable } = await subjectNames(deps, subjects);
    return makeAnswer(
      'snooze',
      `No open incident is about ${name(subject)}. Until when should I snooze its alerts?`,
      {
        next: [`snooze ${unmistakable(subject)} until Friday: known migration`],
      },
    );
  }
  if (subjects.length > 1) return whichSubject(subjects, deps);
  const { reason } = splitReason(deps.text);
  const { name } = await subjectNames(deps, subjects);
  const end = formatTime(until, deps);
  if (reason === null) {
    return makeAnswer(
      'snooze',
      `Why snooze ${name(subject)} until ${end}? Add a reason after a colon, e.g. “: known migration”.`,
      {
        next: [`${deps.text.trim().replace(/[.!]$/, '')}: known migration`],
      },
    );
  }
  return makeAnswer(
    'snooze',
    `Until ${end} I would not alert about ${name(subject)}. The history still records everything.`,
    {
      request: {
        kind: 'stand',
        request: { kind: 'snooze', subject, until, reason },
        sentence: `Snooze ${name(subject)} until ${end}: ${reason}`,
      },
    },
  );
}

async function whichSubject(subjects: readonly Subject[], deps: AnswerDeps): Promise<Answer> {
  const names = await subjectNames(deps, subjects);
  const { reason } = splitReason(deps.text);
  const when = /\b(?:until|till|for|bis|tot|jusqu|hasta)\b.*$/iu.exec(deps.text)?.[0] ?? 'until Friday';
  return makeAnswer('snooze', 'Which one? I snooze one at a time.', {
    blocks: [
      {
        kind: 'choices',
        choices: subjects.slice(0, 8).map((subject) => ({
          label: names.name(subject),
          detail: names.unmistakable(subject),
          ask: `snooze ${names.unmistakable(subject)} ${when}${reason === null ? ': known migration' : ''}`,
        })),
      },
    ],
  });
}

/** "Unsnooze E3": ends a silence, or shows the card of the snoozed incident that it is about. */
export async function wake(query: Query, deps: AnswerDeps): Promise<Answer> {
  const wanted = subjectsOf(query);
  const silences = (await deps.store.suppression.silences(deps.now)).filter(
    ({ subject }) => wanted.length === 0 || wanted.some((one) => isSame(one, subject)),
  );
  const snoozed = (await openIncidents(query, deps)).filter(
    ({ snoozedUntil }) => snoozedUntil !== null && snoozedUntil > deps.now,
  );
  const names = await subjectNames(deps, [...wanted, ...silences.map(({ subject }) => subject)]);
  const [silence] = silences;
  if (silence && silences.length === 1) {
    const whom = names.name(silence.subject);
    return makeAnswer(
      'wake',
      `${whom} is snoozed until ${formatTime(silence.until, deps)}: ${silence.reason}.`,
      {
        request: {
          kind: 'stand',
          request: { kind: 'wake', silenceId: silence.id },
          sentence: `Alert about ${whom} again`,
        },
      },
    );
  }
  if (silences.length > 1) {
    return makeAnswer('wake', 'Which snooze should end?', {
      blocks: [
        {
          kind: 'choices',
          choices: silences.slice(0, 8).map(({ subject, until, reason }) => ({
            label: names.name(subject),
            detail: `until ${formatTime(until, deps)}: ${reason}`,
            ask: `unsnooze ${names.unmistakable(subject)}`,
          })),
        },
      ],
    });
  }
  const [incident] = snoozed;
  const view = incident && (await deps.incidentView(incident.id));
  if (view) {
    return makeAnswer('wake', `${view.title}. The button on the card ends the snooze.`, {
      request: { kind: 'show-incident', incident: view },
    });
  }
  const about = wanted[0] ? ` about ${names.name(wanted[0])}` : '';
  return makeAnswer('wake', `Nothing${about} is snoozed.`, { next: ['status', 'open incidents'] });
}
