import { z } from 'zod';
import { CORRELATION_TYPES, DETECTION_CLASSES, LEVELS } from '../domain/detection/rule.ts';
import type * as sigma from '../domain/detection/sigma/document.ts';

const Scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const Texts = z
  .union([z.string(), z.array(z.string())])
  .transform((texts) => (typeof texts === 'string' ? [texts] : texts));

const VALUE = 'a value is a text, a number, true, false, null, or a list of them';
const FieldTests = z.record(z.string(), z.union([Scalar, z.array(Scalar)], VALUE));
const Selection: z.ZodType<sigma.Selection> = z.union(
  [Scalar, z.array(z.union([Scalar, FieldTests])), FieldTests],
  `a selection is a map of fields, or a list of maps or keywords; ${VALUE}`,
);

const FirstSeen = z.object({ days: z.number().int().positive().max(365), by: Texts });

const Described = z.object({
  id: z.string().trim().min(1).optional(),
  name: z.string().trim().min(1).optional(),
  title: z.string().trim().min(1),
  // Sigma lets a rule leave it out.
  level: z.enum(LEVELS).default('medium'),
  description: z.string().optional(),
  falsepositives: Texts.nullish().transform((texts) => texts ?? []),
  class: z.enum(DETECTION_CLASSES).nullish(),
  labels: Texts.nullish(),
  'first-seen': FirstSeen.nullish(),
  counted: z.boolean().default(false),
});
type Described = z.infer<typeof Described>;

const described = ({ id, name, title, level, description, falsepositives, counted, ...rest }: Described) => ({
  ...(id === undefined ? {} : { id }),
  ...(name === undefined ? {} : { name }),
  ...(description === undefined ? {} : { description }),
  title,
  level,
  falsepositives,
  counted,
  class: rest.class ?? null,
  labels: rest.labels ?? null,
  firstSeen: rest['first-seen'] ?? null,
});

const LogSourcePart = z.string().trim().optional();

/** A Sigma rule about one record, with the fields that we add: `class`, `labels`, `first-seen`, `counted`. */
export const SigmaRule = Described.extend({
  logsource: z.object({ product: LogSourcePart, service: LogSourcePart, category: LogSourcePart }),
  detection: z.looseObject({ condition: Texts }).catchall(Selection),
}).transform(
  ({ logsource, detection, ...rest }): sigma.SigmaEventDocument => ({
    ...described(rest),
    kind: 'event',
    logSource: Object.fromEntries(Object.entries(logsource).filter(([, part]) => part !== undefined)),
    // A time frame belongs to the old way to count.
    selections: Object.fromEntries(
      Object.entries(detection).filter(([name]) => name !== 'condition' && name !== 'timeframe'),
    ) as Record<string, sigma.Selection>,
    conditions: detection.condition,
  }),
);

const Count = z.number().int().nonnegative().optional();
const Condition = z.strictObject({
  gte: Count,
  gt: Count,
  lte: Count,
  lt: Count,
  eq: Count,
  field: z.string().optional(),
});

/** A Sigma correlation: how often, how many different, or which of several within a time. */
export const SigmaCorrelation = Described.extend({
  correlation: z.object({
    type: z.enum(CORRELATION_TYPES),
    rules: Texts,
    'group-by': Texts.nullish(),
    timespan: z.string(),
    aliases: z.record(z.string(), z.record(z.string(), z.string())).nullish(),
    condition: Condition.nullish(),
    generate: z.boolean().default(false),
  }),
  generate: z.boolean().default(false),
}).transform(
  ({ correlation, generate, ...rest }): sigma.SigmaCorrelationDocument => ({
    ...described(rest),
    kind: 'correlation',
    type: correlation.type,
    rules: correlation.rules,
    groupBy: correlation['group-by'] ?? [],
    aliases: correlation.aliases ?? {},
    timespan: correlation.timespan,
    condition: Object.fromEntries(
      Object.entries(correlation.condition ?? {}).filter(([, value]) => value !== undefined),
    ),
    generate: generate || correlation.generate,
  }),
);

/** Values for `%name%`, by name. */
export const PlaceholderValues = z.record(
  z.string(),
  z
    .union([Scalar, z.array(Scalar)])
    .transform((values): sigma.Scalar[] => (Array.isArray(values) ? values : [values]))
    .transform((values) => values.filter((value) => value !== null).map(String)),
);
