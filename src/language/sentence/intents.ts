import type { Intent } from '../query.ts';
import type { IntentRule } from './intent-rule.ts';
import { STANDING_RULES } from './intents-suppression.ts';

const GIVE = '(?:assign|give)';
const GAVE = '(?:assign|assigned|give|given)';
const REMOVE = '(?:remove|removed)';
const ACT = `(?:change|update|${REMOVE}|${GAVE}|reassign|away|do)`;
const LICENSE = '(?:license|S)';

/** The first rule that fits decides, so what is more special stands before what is more general. */
const RULES: readonly IntentRule[] = [
  {
    intent: 'small-talk',
    when: /^(?:(?:thanks|hello|bye|nice|yes|no|not|sorry|morning|afternoon|evening|night|T|much|for|to) ?)*$/,
  },
  { intent: 'small-talk', when: /^(?:hello )?how be(?: T)?$/ },
  {
    intent: 'help',
    when: /^(?:show |need |me |hello )*help(?: me)?$|^(?:who|what) be$|\bwhat can (?:\w+ )*(?:ask|do|show|help|use)$|\bwhat do do$|\bwhat be can (?:to )?do(?: for)?(?: P)?$|\bhow do (?:this |bot |can )*(?:status|use)\b|^how (?:can )?(?:use|ask)\b/,
  },
  { intent: 'help', when: /^(?:what|show|be there) (?:\? )?help\b|^what can$|^what for help\b/ },
  { intent: 'export', when: /\bexport\b/ },
  {
    intent: 'no-alert',
    when: /^(?=.*\b(?:why|how come)\b)(?=.*\balert\b)(?=.*\b(?:not|nobody|no)\b)|^why user (?:not )?(?:have|be) alert\b|^why (?:do |have |be )*(?:not|nobody) (?:be )?(?:show|say|hear) (?:about|of|P)\b|\bhappen to alert\b|^why do P not \? about P/,
  },
  ...STANDING_RULES,
  {
    intent: 'snooze',
    when: /\bsnooze\b|\bnot alert\b|^ignore (?:P|S|G|alert|incident)\b/,
    unless: /^(?:who|what|why)\b/,
  },
  {
    intent: 'set-channel',
    when: /^(?=.*\b(?:alert|incident|change|lose)\b)(?=.*\b(?:here|channel)\b)(?=.*\b(?:post|use|make|show|want|give|to|in|here)\b)/,
    unless: /^(?:what|where|who|why|be|in what)\b|\bP\b/,
  },
  { intent: 'set-channel', when: /^(?:post|use|make) (?:alert )?(?:to |in )?(?:here|this channel|channel)$/ },
  { intent: 'set-channel', when: /^(?:this|here) be channel\b/ },
  {
    intent: 'status',
    when: /\b(?:last|when|status|how)\b.*\b(?:scan|read)\b|\bscan (?:status|error)\b|\berror.*\bscan\b/,
  },
  {
    intent: 'scan',
    when: /^(?:can |start |do |want |need |check |to |complete )*scan\b|^(?:can |start )?(?:check|read|update) (?:tenant|license|everything|user|back)(?!.*\b(?:P|S|G|change|error|history|seat|cost|use)\b)|^show back$|^update$/,
  },
  {
    intent: 'coverage',
    when: /^how (?:be )?data\b|\btrust\b.*\bdata\b|\bdata\b.*\btrust\b|\bdo have (?:audit |unified )?(?:log|event)\b|\blose (?:audit )?(?:event|log)\b|\b(?:audit|event) lose\b/,
    unless: /\bP\b/,
  },
  {
    intent: 'coverage',
    when: /^(?=.*\b(?:audit|log|unified)\b)(?=.*\b(?:complete|until|on|out|lose|up|turn|open|be used)\b)/,
    unless: /\bP\b/,
  },
  { intent: 'coverage', when: /\bcomplete\b|\bhow far back\b/, unless: /\bP\b|\bscan\b/ },
  {
    intent: 'reassign',
    when: /^(?:can |want |need |to |will )*(?:reassign|(?:give|get|post|make) back|about (?:assign|give))\b/,
  },
  {
    intent: 'reassign',
    when: /\breassign\b|\b(?:give|get|want|need|assign|post|have|change|make)\b.*\bback\b/,
    unless: /\b(?:who|why|when|history|what)\b/,
  },
  {
    intent: 'duplicates',
    when: /\btwice\b|\bdirect\b.*\bgroup\b|\bgroup\b.*\bdirect\b|\b2 time\b|\b(?:have|with) (?:2|1) (?:S|license)\b|\bover \d time\b/,
  },
  { intent: 'guests', when: /\bguest\b/ },
  { intent: 'cost', when: /\bcost\b.*\bdepartment\b|\bdepartment\b.*\bcost\b/ },
  { intent: 'assignment-errors', when: /\berror\b|\bassignment (?:do )?not status\b/ },
  { intent: 'remove', when: /^P (?:do )?(?:not|no) need S\b/ },
  {
    intent: 'cost',
    when: /\bhow (?:much|many)\b.*\bcost\b|\bcost\b.*\bunused\b|\bhow (?:many|much) give\b.*\bout\b/,
  },
  {
    intent: 'unused',
    when: /\bunused\b|\bnot (?:event|log in)\b|\bnot\b.*\b(?:use|sign|need)\b|\bnobody\b.*\b(?:use|sign|need)\b|\buse .*\bnobody\b|\b(?:use|sign)\b.*\bnot$|\buse not\b|\bnot\b.*\bchange\b.*\bD\b/,
    unless: /\bwhy\b/,
  },
  {
    intent: 'expiring',
    when: /\bexpire\b|\bsubscription\b.*\bend\b|\b(?:when|what|subscription)\b.*\b(?:start|status) out\b(?! of)/,
  },
  { intent: 'expiring', when: /\b(?:subscription|license|S)\b.*\bdue\b(?! to)/, unless: /\bP\b/ },
  { intent: 'cost', when: /\bcost\b/ },
  {
    intent: 'audit-on',
    when: /\bwho do (?:what|everything) to P\b|\bwhat\b.*\bdo (?:to|on|with) P\b|\b(?:audit|log|trail|event)\b.*\b(?:on|about|against) P\b/,
  },
  {
    intent: 'audit-by',
    when: new RegExp(
      `\\bby P\\b|\\bwhat\\b.*\\b(?:do|have|be) P(?: [TDS]| license| be| have)* (?:${ACT}|make|up|be do)\\b`,
    ),
    unless: /\bwho\b|\bwhy\b|\bhave assigned\b/,
  },
  {
    intent: 'audit-by',
    when: new RegExp(
      `\\b(?:what|everything|license|change) P (?:have )?(?:be )?(?:T )?${ACT}\\b|^(?:show )?P event\\b|\\bevent of P\\b`,
    ),
    unless: /\bwho\b|\bwhy\b|\baudit\b|\bP change$/,
  },
  { intent: 'audit-by', when: /^what (?:have )?do P(?: T)?$|^do P do\b/ },
  {
    intent: 'audit-on',
    when: /\b(?:audit|log|event)\b.*\bG\b|\baudit\b.*\bP\b|\bP\b.*\baudit\b|\b(?:event|log)\b.*\bP\b|\bP\b.*\blog\b/,
  },
  { intent: 'who-changed', when: new RegExp(`^(?=.*\\bwhy\\b)(?=.*\\b(?:P|${LICENSE})\\b)`) },
  {
    intent: 'lost-licenses',
    when: /^(?:show )?(?:who|what user|user|what license) (?:license |S |have |be |get )*\b(?:be|get) (?:license |S )?(?:removed|away)\b|^(?:from|with|by) who be\b.*\bremoved\b|^whom\b.*\b(?:removed|lose)\b|^who removed away\b/,
    unless: /\bP\b/,
  },
  {
    intent: 'who-changed',
    when: /^who be (?:it )?(?:with|at|by|from) P\b|^how (?:do )?P lose\b|^who (?:have )?\? P (?:license|S)\b/,
  },
  { intent: 'who-changed', when: /\bhow come P\b|\bresponsible\b|\bby who\b/ },
  {
    intent: 'who-changed',
    when: new RegExp(`\\b(?:who|what (?:of )?admin)\\b.*\\b(?:${ACT})\\b`),
    unless: new RegExp(`^who (?:be |have |been )*(?:assigned|given) ${LICENSE}(?!.*\\bP\\b)`),
  },
  {
    intent: 'who-changed',
    when: /\bdo user (?:change|remove)\b.*\bP\b|\bwhat user (?:change|remove|removed|assigned|given)\b.*\bP\b|\b(?:who|what) make P lose\b/,
  },
  {
    intent: 'history',
    when: /\bgo on with P\b|\blicense event\b|\bhistory\b|\bhappen\b|\bsince when\b|\bhow long\b|^when\b.*\b(?:P|S)\b/,
  },
  { intent: 'seats', when: /^(?:can |do )+(?:give|assign|assigned) (?:out|away) S$/ },
  {
    intent: 'remove',
    when: new RegExp(`^(?:can |want |need |to |will |do |get )*${REMOVE}\\b.*\\b(?:P|S)\\b.*`),
    unless: /^removed (?:license|S)(?: T)?$/,
  },
  {
    intent: 'assign',
    when: new RegExp(
      `^(?:can |want |need |to |will |do )*${GIVE}\\b.*\\b(?:P|S)\\b|^license P (?:for|with|to) S\\b|^(?!who|what|why|do|how)(?:.* )?P need S\\b|^(?:can |want |need |get |buy |give |make |post |\\? )+(?:out )?S (?:license )?for P$`,
    ),
    unless: /^give (?:me|history)\b/,
  },
  {
    intent: 'remove',
    when: /^P (?:left|go|away|be|have|will|\?|T| )*(?:remove|away) S$|^free up\b.*\bP\b|^(?:turn )?away S (?:for|of|from|with) P\b/,
  },
  {
    intent: 'assign',
    when: /^(?:can )?(?:make|set)(?: up)? P (?:up )?with S\b|^(?:turn )?on S (?:for|of|to|with) P\b|^(?:assign|assigned|given) S to P\b/,
  },
  { intent: 'remove', when: new RegExp(`^S .*\\b${REMOVE}\\b.*\\bP$|^P .*\\bS (?:remove|away)$`) },
  { intent: 'assign', when: /^P S (?:give|assign)$|^S P (?:give|assign|assignment)$/ },
  {
    intent: 'incidents',
    when: /\b(?:alert|incident)\b|\bneed to show\b|\bwhat (?:be )?go on\b|\battention\b|\bwrong\b|\bwhat (?:be )?open\b|^open\b|\bopen issue\b/,
    unless: /^P\b/,
  },
  { intent: 'lost-licenses', when: /\buser not (?:license|S) T\b/ },
  { intent: 'lost-licenses', when: /\blose\b/, unless: /\bP\b/ },
  {
    intent: 'lost-licenses',
    when: new RegExp(`^(?:show )?(?:user )?(?:be )?removed ${LICENSE}`),
    unless: /\bP\b/,
  },
  {
    intent: 'history',
    when: /\bP\b.*\b(?:get|lose)\b|\b(?:get|lose)\b.*\bP\b|\bchange\b/,
    unless: /^what P get$|^(?:what license |what )?(?:have|be) P (?:\?|S )*get\b/,
  },
  { intent: 'history', when: /\bbe P (?:S |license )?(?:assigned|given)\b.*T|\bdo P\b.*\bhave\b.*\bT\b/ },
  {
    intent: 'user-licenses',
    when: /\bP\b.*\b(?:license|licensed|have|S|no|assigned|assignment|use)\b|\b(?:license|licensed|have|S|assigned|assignment|show)\b.*\bP\b|^P$/,
  },
  { intent: 'user-licenses', when: /^P seat$|^what P get$/ },
  {
    intent: 'sku-users',
    when: /\b(?:who|user|nobody)\b.*\bS\b|\bS (?:license )?user\b|^show S$/,
    unless: /\b(?:seat|free|left)\b/,
  },
  {
    intent: 'seats',
    when: /\b(?:seat|free|left|overview)\b|\bbuy\b.*\b(?:license|S)\b|\b(?:license|S)\b.*\bbuy\b|\bout of\b|\bhow many\b|\bS\b|\blicense use\b|\bdo have license\b|^(?:show )?license$/,
  },
  {
    intent: 'status',
    when: /\bstatus\b|\bhow be do\b|^be(?: bot)?(?: nice)?$|^(?:be )?everything(?: nice)?$|\bbe (?:on|up|there|here|out)\b|\bwhat alert channel\b/,
  },
];

/** The intent of a sentence in base words (see IntentRule); `unknown` when no rule fits. */
export const intentOf = (sentence: string): Intent =>
  RULES.find(({ when, unless }) => when.test(sentence) && !unless?.test(sentence))?.intent ?? 'unknown';
