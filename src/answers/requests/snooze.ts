import type { Subject } from '../../domain/access/person.ts';
import type { Query } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { makeAnswer } from '../answer/make-answer.ts';
import { openIncidents } from '../questions/incidents.ts';
import { formatTime } from '../times/times.ts';
import { untilOf } from '../times/until.ts';
import { querySentence } from '../words/query-in-words.ts';
import { isSame, subjectNames, subjectsOf } from '../words/subjects.ts';
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
  if (subjects.length > 1) return whichSubject(subjects, query, deps);
  const { reason } = query;
  const { name } = await subjectNames(deps, subjects);
  const end = formatTime(until, deps);
  if (reason === undefined) {
    return makeAnswer(
      'snooze',
      `Why snooze ${name(subject)} until ${end}? Add a reason after a colon, e.g. “: known migration”.`,
      {
        next: [querySentence({ ...query, reason: EXAMPLE }, deps)],
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

async function whichSubject(subjects: readonly Subject[], query: Query, deps: AnswerDeps): Promise<Answer> {
  const names = await subjectNames(deps, subjects);
  return makeAnswer('snooze', 'Which one? I snooze one at a time.', {
    blocks: [
      {
        kind: 'choices',
        choices: subjects.slice(0, 8).map((subject) => ({
          label: names.name(subject),
          detail: names.unmistakable(subject),
          ask: querySentence({ reason: EXAMPLE, ...query, ...onlyAbout(subject) }, deps),
        })),
      },
    ],
  });
}

/** A reason as one might say it, for sentences that are offered. */
const EXAMPLE = 'known migration';

/** A query's names when it is about nothing but this. */
const onlyAbout = ({ kind, id }: Subject): Pick<Query, 'people' | 'skus' | 'groups'> => ({
  people: kind === 'user' ? [id] : [],
  skus: kind === 'sku' ? [id] : [],
  groups: kind === 'group' ? [id] : [],
});

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
