import type { IntentRule } from './intent-rule.ts';

const EYE = '(?:keep eye|eye)';
const QUESTION = /^(?:who|what|why|when|how|be|do|show|have)\b/;

/** What was decided, what is expected, kept quiet about or watched closely: asked for and changed in the chat. */
export const STANDING_RULES: readonly IntentRule[] = [
  {
    intent: 'watched',
    when: new RegExp(`^(?:who|what|show|P|do)\\b.*\\b(?:${EYE}|watch)\\b`),
    unless: /\blicense watch\b/,
  },
  { intent: 'watched', when: /^watch (?:list|user|group)$/ },
  {
    intent: 'unwatch',
    when: new RegExp(`^(?:snooze|remove|end|not) (?:to )?(?:${EYE}|watch)\\b|^unwatch\\b|\\bnot ${EYE}\\b`),
  },
  {
    intent: 'watch',
    when: new RegExp(
      `\\b${EYE}\\b|^(?:can |to |want |need )*watch (?:over |out for |for )?(?:P|G|group|user|\\?)`,
    ),
    unless: QUESTION,
  },
  {
    intent: 'extend-rule',
    when: /^(?:can |to |want |need )*(?:extend|keep|change)\b.*\brule\b/,
  },
  {
    intent: 'end-rule',
    when: /^(?:can |to |want |need )*(?:end|snooze|remove|expire|close)\b.*\b(?:rule|expect)\b|^not expect\b/,
  },
  {
    intent: 'rules',
    when: /^(?:show |what |be |there |have |standing |how many |which )*rule\b|\bstanding rule\b|^(?:what|show)\b.*\bexpect\b/,
    unless: /\b(?:who|why)\b/,
  },
  {
    intent: 'wake',
    when: /^(?:can |to |want |need )*(?:wake|end snooze|snooze snooze|remove snooze|not snooze)\b/,
  },
  { intent: 'status', when: /^what be snooze\b|^show snooze\b/ },
  {
    intent: 'decisions',
    when: /\bdecision\b|^(?:who|what|show|do)\b.*\b(?:approve|decline)\b|^approve\b.*\b(?:T|by|P)\b|^(?:what )?(?:do|have|be) (?:do|be)(?: do)? T$|^what (?:do|have)(?: be)? do T$|^what have(?: be)? do$/,
  },
];
