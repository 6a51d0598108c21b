import { isInForce } from '../../domain/suppression/suppression.ts';
import type { Query } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { makeAnswer } from '../answer/make-answer.ts';
import { formatTime } from '../times/times.ts';
import { untilOf } from '../times/until.ts';
import { loadNames, type Names } from '../words/names.ts';
import { type NumberedRule, numbered, ruleText } from '../words/rule-text.ts';

/** "End rule 2", "extend rule 2 until 1 March", "stop expecting what the runbook does": asked for, not done. */
export async function ruleAction(query: Query, deps: AnswerDeps): Promise<Answer> {
  const { store, now } = deps;
  const { intent, rule: said } = query;
  const all = numbered(await store.suppression.rules());
  const inForce = all.filter(({ rule }) => isInForce(rule, now));
  const names = await loadNames(store);
  if (said !== undefined) {
    const known = all.find(({ number }) => number === said);
    if (!known) return makeAnswer(intent, `There is no rule ${said}.`, { next: ['show standing rules'] });
    if (!isInForce(known.rule, now)) {
      return makeAnswer(intent, `Rule ${said} is not in force any more.`, { next: ['show standing rules'] });
    }
    return changed(known, query, deps, names);
  }
  const meant = inForce.filter((one) => isAbout(one, query));
  const [only] = meant;
  if (!only) {
    return makeAnswer(intent, 'No standing rule in force is about that.', { next: ['show standing rules'] });
  }
  return meant.length === 1 ? changed(only, query, deps, names) : which(meant, query, names);
}

/** What the names of a sentence say about which rule is meant; without any, every rule may be. */
function isAbout({ rule }: NumberedRule, { people, skus, groups }: Query): boolean {
  const { actorId, groupId, skuIds } = rule.match;
  return (
    (people.length === 0 || (actorId !== null && people.includes(actorId))) &&
    (groups.length === 0 || (groupId !== null && groups.includes(groupId))) &&
    (skus.length === 0 || skuIds === null || skuIds.some((id) => skus.includes(id)))
  );
}

function changed({ number, rule }: NumberedRule, query: Query, deps: AnswerDeps, names: Names): Answer {
  const expected = ruleText(rule.match, names);
  if (query.intent === 'end-rule') {
    return makeAnswer('end-rule', `Rule ${number} expects ${expected}.`, {
      request: {
        kind: 'stand',
        request: { kind: 'end-rule', ruleId: rule.id },
        sentence: `End rule ${number}: alert again about ${expected}`,
      },
    });
  }
  // A length is added to what the rule has: "for 30 days" must not make it shorter.
  const until = untilOf(query, query.days === null ? deps.now : rule.until);
  if (until === null) {
    return makeAnswer(
      'extend-rule',
      `Until when should rule ${number} last? It ends ${formatTime(rule.until, deps)}.`,
      {
        next: [`extend rule ${number} for 30 days`],
      },
    );
  }
  return makeAnswer(
    'extend-rule',
    `Rule ${number} expects ${expected}, until ${formatTime(rule.until, deps)}.`,
    {
      request: {
        kind: 'stand',
        request: { kind: 'extend-rule', ruleId: rule.id, until },
        sentence: `Extend rule ${number} to ${formatTime(until, deps)}: ${expected}`,
      },
    },
  );
}

const which = (rules: readonly NumberedRule[], { intent }: Query, names: Names): Answer =>
  makeAnswer(intent, 'Which rule?', {
    blocks: [
      {
        kind: 'choices',
        choices: rules.slice(0, 8).map(({ number, rule }) => ({
          label: `Rule ${number}`,
          detail: ruleText(rule.match, names),
          ask: intent === 'end-rule' ? `end rule ${number}` : `extend rule ${number} for 30 days`,
        })),
      },
    ],
  });
