import { isHidden } from '../../domain/alert/suppressed.ts';
import { count, numeral } from '../../domain/numerals.ts';
import { isInForce, type SuppressionRule } from '../../domain/suppression/suppression.ts';
import type { Query } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { makeAnswer, table, text } from '../answer/make-answer.ts';
import { formatTime } from '../times/times.ts';
import { loadNames } from '../words/names.ts';
import { numbered, ruleText } from '../words/rule-text.ts';

/** How many incidents are looked through for what the rules have hidden. */
const MAX_INCIDENTS = 2_000;

/** Which changes are expected, until when, by whom, why, and how often each rule hid an alert. */
export async function rules(_query: Query, deps: AnswerDeps): Promise<Answer> {
  const { store, now } = deps;
  const all = numbered(await store.suppression.rules());
  const inForce = all.filter(({ rule }) => isInForce(rule, now));
  const over = all.length - inForce.length;
  const [newest] = inForce;
  if (!newest) {
    return makeAnswer('rules', 'No change is expected: there is no standing rule in force.', {
      blocks: text(
        over > 0 ? `${count(over, 'rule')} came to an end; the decision log tells of them.` : null,
      ),
      next: over > 0 ? ['show the decision log'] : ['open incidents'],
    });
  }
  const names = await loadNames(store);
  const hidden = (await store.incidents.recent(MAX_INCIDENTS)).filter(isHidden);
  const times = (rule: SuppressionRule): number =>
    hidden.filter(({ hiddenByRuleId }) => hiddenByRuleId === rule.id).length;
  return makeAnswer('rules', `${count(inForce.length, 'standing rule')} in force.`, {
    blocks: [
      ...table(
        ['Rule', 'Expected', 'Until', 'Who and why', 'Alerts hidden'],
        inForce.map(({ number, rule }) => [
          String(number),
          `${ruleText(rule.match, names)}, up to ${count(rule.maxUsers, 'user')} at a time`,
          formatTime(rule.until, deps),
          `${rule.by.name}: ${rule.reason}`,
          numeral(times(rule)),
        ]),
      ),
      ...text('A rule hides the alert, not the history: “lost licenses” shows what it expected too.'),
    ],
    next: [`end rule ${newest.number}`, `extend rule ${newest.number} for 30 days`],
  });
}
