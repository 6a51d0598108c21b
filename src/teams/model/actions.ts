import type { ChatCompletionAction } from '@microsoft/teams-ai/lib/models/ChatCompletionAction.js';
import { z } from 'zod';
import { EXPORT_INTENTS, FORMATS } from '../../answers/answer/export-request.ts';
import { GROUPINGS } from '../../language/details/grouping.ts';
import type { Intent } from '../../language/query.ts';
import type { SentenceParts } from '../../language/sentence/sentence-parts.ts';

/**
 * What the model may choose. "Scan now" and "post alerts here" are missing on purpose: the first is carried out as it
 * is said, and a model says neither for anybody. All else reads, or asks through its card first.
 */
export type Choosable = Exclude<Intent, 'scan' | 'set-channel' | 'small-talk' | 'unknown'>;

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const Day = z
  .string()
  .regex(DAY)
  .transform((text) => {
    const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
    return { year, month, day };
  });

const Names = z.array(z.string().trim().min(1).max(200)).max(10).default([]);

/** The parameters that an action may take, as the model is told of them. */
const PARAMETERS = {
  people: Names.describe('People, each copied from the sentence'),
  skus: Names.describe('Products, each copied from the sentence'),
  groups: Names.describe('Groups, each copied from the sentence'),
  range: z
    .object({ from: Day, to: Day })
    .nullable()
    .default(null)
    .describe('First and last day of the time that the sentence names, as YYYY-MM-DD'),
  days: z
    .int()
    .min(1)
    .max(3_650)
    .nullable()
    .default(null)
    .describe('A length in days without a date: 30 for "in the next 30 days"'),
};

/** The same, absent where the sentence says nothing of it. */
const DETAILS = {
  departments: z
    .array(z.string().trim().min(1).max(200))
    .max(10)
    .describe('Departments, each copied from the sentence')
    .exactOptional(),
  by: z.enum(GROUPINGS).describe('By what the answer is to be split').exactOptional(),
  list: z.enum(EXPORT_INTENTS).describe('The question whose answer is wanted as a file').exactOptional(),
  format: z.enum(FORMATS).describe('Which file').exactOptional(),
  rule: z.int().min(0).max(9_999).describe('The number of the rule').exactOptional(),
  reason: z.string().trim().min(1).max(500).describe('Why, copied from the sentence').exactOptional(),
};

type Parameter = keyof typeof PARAMETERS | keyof typeof DETAILS;

const PERSON_AND_TIME = ['people', 'skus', 'groups', 'range', 'days'] as const;
const SUBJECT = ['people', 'skus', 'groups'] as const;

const ALL: Readonly<Record<Parameter, z.ZodType>> = { ...PARAMETERS, ...DETAILS };

/** A line on each action, and what it takes. */
const ACTIONS: Readonly<Record<Choosable, { about: string; takes: readonly Parameter[] }>> = {
  'who-changed': { about: 'Who changed a license, and why', takes: PERSON_AND_TIME },
  history: { about: 'What changed for somebody, over time', takes: PERSON_AND_TIME },
  'user-licenses': { about: 'Which licenses somebody has now', takes: ['people', 'skus'] },
  'lost-licenses': {
    about: 'Everybody who lost a license',
    takes: ['skus', 'groups', 'range', 'days', 'departments'],
  },
  incidents: { about: 'Open incidents and alerts', takes: PERSON_AND_TIME },
  seats: { about: 'How many seats are bought, used and free', takes: ['skus'] },
  unused: {
    about: 'Licenses of people who do not sign in',
    takes: ['people', 'skus', 'days', 'departments'],
  },
  expiring: { about: 'Subscriptions that end soon', takes: ['skus', 'range', 'days'] },
  cost: { about: 'What licenses cost', takes: [...PERSON_AND_TIME, 'by', 'departments'] },
  'assignment-errors': { about: 'Licenses that Microsoft could not assign', takes: SUBJECT },
  duplicates: { about: 'Licenses that people have twice', takes: SUBJECT },
  guests: { about: 'Guests who have licenses', takes: ['skus'] },
  'sku-users': { about: 'Who has a product', takes: ['skus', 'departments'] },
  'audit-by': { about: 'What somebody did', takes: ['people', 'skus', 'range', 'days'] },
  'audit-on': { about: 'What was done to somebody', takes: ['people', 'skus', 'range', 'days'] },
  coverage: { about: 'Until when the audit logs are complete', takes: [] },
  status: { about: 'Whether this bot works, and when it last read the tenant', takes: [] },
  help: { about: 'What this bot can be asked', takes: [] },
  export: { about: 'A list as a file', takes: [...PERSON_AND_TIME, 'list', 'format', 'departments'] },
  decisions: { about: 'What was decided and done with this bot', takes: ['people', 'range', 'days'] },
  rules: { about: 'Standing rules: changes that are expected', takes: [] },
  'no-alert': { about: 'Why nobody was alerted about a change', takes: PERSON_AND_TIME },
  watched: { about: 'People and groups on the watch list', takes: [] },
  reassign: { about: 'Give back a license that was lost', takes: SUBJECT },
  assign: { about: 'Give somebody a license', takes: SUBJECT },
  remove: { about: 'Take a license away from somebody', takes: SUBJECT },
  snooze: {
    about: 'No alerts about somebody or something for a time',
    takes: [...PERSON_AND_TIME, 'reason'],
  },
  wake: { about: 'End a snooze', takes: SUBJECT },
  'end-rule': { about: 'End a standing rule', takes: [...SUBJECT, 'rule'] },
  'extend-rule': { about: 'Let a standing rule last longer', takes: [...PERSON_AND_TIME, 'rule'] },
  watch: { about: 'Keep an eye on a person or group', takes: ['people', 'groups'] },
  unwatch: { about: 'Keep no eye on them any more', takes: ['people', 'groups'] },
  swap: { about: 'Move somebody from one product to another', takes: SUBJECT },
  'gained-licenses': {
    about: 'Everybody who got a license',
    takes: ['skus', 'groups', 'range', 'days', 'departments'],
  },
  unlicensed: {
    about: 'Who has no license, or not a certain product',
    takes: ['skus', 'groups', 'departments'],
  },
  groups: { about: 'Which groups give licenses, and who is in a group', takes: SUBJECT },
  plans: { about: 'Service plans of a person or product', takes: ['people', 'skus'] },
  directory: { about: 'The licenses of everybody as one report', takes: ['skus', 'groups', 'departments'] },
  roles: { about: 'Who may do what with this bot', takes: ['people'] },
  'service-issues': { about: 'Open incidents at Microsoft', takes: [] },
  doctor: {
    about: 'Whether everything is set up: permissions, credentials, logs, channel, database',
    takes: [],
  },
  routes: { about: 'Where alerts go, who is called, and when they wait', takes: [] },
  settings: {
    about: 'How License Watch itself is set: quiet hours, retention, roles and the like',
    takes: [],
  },
  'set-setting': { about: 'Change how License Watch itself is set; it asks before it does', takes: [] },
  'right-size': {
    about: 'Who could do with a smaller product, by what they use',
    takes: ['skus', 'days'],
  },
  needless: {
    about: 'Shared mailboxes, rooms, leavers and guests with a license that they may not need',
    takes: ['skus'],
  },
  'add-ons': { about: 'Add-ons without the product that they need', takes: [] },
};

export const CHOOSABLE: readonly Choosable[] = Object.keys(ACTIONS).filter(isChoosable);

function isChoosable(name: string): name is Choosable {
  return Object.hasOwn(ACTIONS, name);
}

/** The parameters of an action: what it does not take is dropped, what is of the wrong type is an error. */
const parametersOf = (intent: Choosable) =>
  z.object(Object.fromEntries(ACTIONS[intent].takes.map((name) => [name, ALL[name]])));

const LIMITS = ['default', 'minLength', 'maxLength', 'maxItems', 'minimum', 'maximum', 'pattern'] as const;

/** The actions as a model is told of them. */
export const describedActions = (): ChatCompletionAction[] =>
  CHOOSABLE.map((name) => {
    const { $schema: _, ...parameters } = z.toJSONSchema(parametersOf(name), {
      io: 'input',
      // The limits are ours to hold. Told with every action, they would double what each sentence costs.
      override: ({ jsonSchema }) => {
        for (const limit of LIMITS) delete jsonSchema[limit];
      },
    });
    // Two libraries' types for the same JSON Schema.
    return { name, description: ACTIONS[name].about, parameters: parameters as Schema };
  });

type Schema = NonNullable<ChatCompletionAction['parameters']>;

const Parameters = z.object({
  people: Names,
  skus: Names,
  groups: Names,
  range: PARAMETERS.range,
  days: PARAMETERS.days,
  ...DETAILS,
});

/** What a model chose, as parts of the sentence. Null for an action that there is not and parameters that do not fit. */
export function readAction(name: string, given: string): SentenceParts | null {
  if (!isChoosable(name)) return null;
  const parsed = JsonText.pipe(z.record(z.string(), z.unknown())).safeParse(given);
  if (!parsed.success) return null;
  const taken = Object.fromEntries(
    ACTIONS[name].takes.flatMap((parameter) =>
      Object.hasOwn(parsed.data, parameter) ? [[parameter, parsed.data[parameter]]] : [],
    ),
  );
  const parameters = Parameters.safeParse(taken);
  return parameters.success ? { intent: name, ...parameters.data } : null;
}

/** A call without parameters has an empty text. */
const JsonText = z.string().transform((text, context): unknown => {
  try {
    return text.trim() === '' ? {} : JSON.parse(text);
  } catch {
    context.addIssue('not JSON');
    return z.NEVER;
  }
});
