import type { Subject } from '../../domain/access/person.ts';
import { listed, listedUpTo } from '../../domain/english.ts';
import { count } from '../../domain/numerals.ts';
import type { Query } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { makeAnswer, table } from '../answer/make-answer.ts';
import { formatTime } from '../times/times.ts';
import { isSame, subjectNames, subjectsOf } from '../words/subjects.ts';

type Watchable = Subject & { kind: 'user' | 'group' };

const isWatchable = (subject: Subject): subject is Watchable => subject.kind !== 'sku';

/** "Keep an eye on Adele" and its opposite: asked for, not done. */
export async function watch(query: Query, deps: AnswerDeps): Promise<Answer> {
  const intent = query.intent === 'unwatch' ? 'unwatch' : 'watch';
  const wanted = subjectsOf(query).filter(isWatchable);
  const names = await subjectNames(deps, wanted);
  const marks = await deps.store.suppression.marks();
  const isMarked = (subject: Subject): boolean => marks.some((mark) => isSame(mark.subject, subject));
  const left = wanted.filter((subject) => isMarked(subject) !== (intent === 'watch'));
  const [subject] = left;
  if (!subject) {
    const whom = listed(wanted.map(names.name));
    return makeAnswer(
      intent,
      intent === 'watch' ? `I keep an eye on ${whom} already.` : `I was not keeping an eye on ${whom}.`,
      { next: ['who are you keeping an eye on'] },
    );
  }
  const says = intent === 'watch' ? 'Keep an eye on' : 'Stop keeping an eye on';
  if (left.length > 1) {
    return makeAnswer(intent, `${says} who first? I do one at a time.`, {
      blocks: [
        {
          kind: 'choices',
          choices: left.map((one) => ({
            label: names.name(one),
            detail: one.kind === 'user' ? 'person' : 'group',
            ask: `${says.toLowerCase()} ${names.unmistakable(one)}`,
          })),
        },
      ],
    });
  }
  const whom = names.name(subject);
  const loser = subject.kind === 'group' ? `a member of ${whom}` : whom;
  return makeAnswer(
    intent,
    intent === 'watch'
      ? `If ${loser} loses a license, I alert right away and mention on-call.`
      : `${subject.kind === 'group' ? `Members of ${whom} get` : `${whom} gets`} the usual alerts again.`,
    { request: { kind: 'stand', request: { kind: intent, subject }, sentence: `${says} ${whom}` } },
  );
}

/** Whom the bot keeps an eye on, since when, and who asked for it. */
export async function watched(_query: Query, deps: AnswerDeps): Promise<Answer> {
  const marks = await deps.store.suppression.marks();
  const names = await subjectNames(
    deps,
    marks.map(({ subject }) => subject),
  );
  const [first] = marks;
  return makeAnswer(
    'watched',
    first
      ? `I keep an eye on ${listedUpTo(
          marks.map(({ subject }) => names.name(subject)),
          3,
          (others) => count(others, 'other'),
        )}.`
      : 'Nobody is on the watch list.',
    {
      blocks: table(
        ['Who', 'Kind', 'Since', 'Asked for by'],
        marks.map(({ subject, at, by }) => [
          names.name(subject),
          subject.kind === 'user' ? 'person' : 'group',
          formatTime(at, deps),
          by.name,
        ]),
      ),
      next: first
        ? [`stop keeping an eye on ${names.unmistakable(first.subject)}`]
        : ['lost licenses this week'],
    },
  );
}
