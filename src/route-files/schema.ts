import { z } from 'zod';
import { LEVELS } from '../domain/routing/labels.ts';
import type * as domain from '../domain/routing/routes-file.ts';

const Text = z
  .string('has to be a text')
  .trim()
  .min(1, 'is empty')
  .max(1_000, 'is longer than 1,000 characters');
/** A value of a label may be the empty text: the label is missing then. YAML reads `true` and `7` as no texts. */
const Value = z
  .union([z.string().max(1_000), z.boolean(), z.number()], 'has to be a text, or a list of texts')
  .transform(String);
const Values = z.union([Value, z.array(Value).min(1).max(1_000)], 'has to be a text, or a list of texts');
const Texts = z.union([Text, z.array(Text).min(1).max(1_000)], 'has to be a text, or a list of texts');
const Level = z.enum(LEVELS, `is one of ${LEVELS.join(', ')}`);

const Person = z.strictObject({ user: Text.optional(), tag: Text.optional(), name: Text });
const Someone = z.union([Text, Person], 'is a name under “people”, or has “user” or “tag”, and “name”');
const Quiet = z.union([Texts, z.literal(false)], 'is written as 22:00-07:00, or none');

/** A route, as deep as it goes: cycles are found before. */
const RouteText: z.ZodType<domain.RouteText> = z.strictObject({
  name: Text.optional(),
  match: z
    .union([z.record(z.string(), Values), Texts], 'has labels with their values, such as class: roles')
    .optional(),
  matchers: Texts.optional(),
  match_re: z.record(z.string(), Text, 'has labels with regular expressions').optional(),
  at_least: Level.optional(),
  channel: Text.optional(),
  receiver: Text.optional(),
  mention: Someone.optional(),
  on_call: Someone.optional(),
  quiet_hours: Quiet.optional(),
  time_zone: Text.optional(),
  breaks_through: z
    .union(
      [Level, z.array(z.enum([...LEVELS, 'mass'])).min(1)],
      `is one of ${LEVELS.join(', ')}, or a list of them and mass`,
    )
    .optional(),
  digest: z
    .union([Level, z.literal(false)], 'is the worst level that goes into the digest (low, medium), or false')
    .optional(),
  continue: z.boolean('is true or false').optional(),
  get routes() {
    return z.array(RouteText, 'is a list of routes').max(1_000).optional();
  },
});

/** The file with routes, as YAML or JSON says it. */
export const RoutesFile: z.ZodType<domain.RoutesFile> = z.strictObject({
  channels: z.record(z.string(), Text, 'has names of your own with names or ids of channels').optional(),
  receivers: z
    .array(
      z.strictObject({
        name: Text,
        channel: Text.optional(),
        mention: Someone.optional(),
        on_call: Someone.optional(),
      }),
      'is a list of receivers, each with a name and a channel',
    )
    .optional(),
  people: z.record(z.string(), Person, 'has names with “user” or “tag”, and “name”').optional(),
  labels: z.array(Text, 'is a list of labels').optional(),
  quiet_hours: Quiet.optional(),
  time_zone: Text.optional(),
  digest_time: Text.optional(),
  route: RouteText,
});

/** What each kind of thing in the file may have: for “did you mean”. */
export const KNOWN_KEYS: readonly string[] = [
  'channels',
  'receivers',
  'people',
  'labels',
  'quiet_hours',
  'time_zone',
  'digest_time',
  'route',
  'name',
  'match',
  'matchers',
  'match_re',
  'at_least',
  'channel',
  'receiver',
  'mention',
  'on_call',
  'breaks_through',
  'digest',
  'continue',
  'routes',
  'user',
  'tag',
];
