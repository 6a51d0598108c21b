import { z } from 'zod';
import { MINUTE_MS } from '../domain/durations.ts';
import { minutesOf, type QuietHours, readQuietHours } from '../domain/routing/quiet-hours.ts';
import type { Settings } from './settings.ts';
import { Text } from './values.ts';

/** Where and when alerts are told. */
export type RoutingConfig = {
  /** The file of routes; null: everything goes to the channel that is set in chat. */
  path: string | null;
  quiet: QuietHours;
  /** When the digest comes, minutes since midnight. */
  digestAt: number;
  /** How long nobody may react before the person on call is called, ms; null: for good. */
  escalateAfterMs: number | null;
};

const Quiet = z.string().transform((text, context): QuietHours => {
  const read = readQuietHours(text);
  if (read.ok) return read.value;
  const message = 'hours such as 22:00-07:00, or with days as Mon-Fri 19:00-07:00, Sat-Sun 00:00-24:00';
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
});

const TIME = 'a time of day such as 08:00';
const TimeOfDay = z
  .string()
  .regex(/^\d{1,2}:\d{2}$/, TIME)
  .transform((text) => minutesOf(...(text.split(':') as [string, string])) ?? Number.NaN)
  .refine((minutes) => minutes < 24 * 60, TIME);

const MINUTES = 'a whole number of minutes from 1 to 10080';
const Minutes = z
  .string()
  .regex(/^\d{1,5}$/, MINUTES)
  .transform(Number)
  .refine((minutes) => minutes >= 1 && minutes <= 10_080, MINUTES)
  .transform((minutes) => minutes * MINUTE_MS);

/** Reads where alerts go, when they wait, and when somebody is called. */
export function readRouting(settings: Settings): RoutingConfig {
  const routing: RoutingConfig = {
    path: settings.read<string | null>('ROUTES_PATH', Text, null),
    quiet: settings.read<QuietHours>('QUIET_HOURS', Quiet, []),
    digestAt: settings.readOrDefault('DIGEST_TIME', TimeOfDay),
    escalateAfterMs: settings.read<number | null>('ESCALATE_AFTER_MINUTES', Minutes, null),
  };
  if (routing.escalateAfterMs !== null && routing.path === null && !settings.isSet('ON_CALL')) {
    settings.warn(
      'ESCALATE_AFTER_MINUTES mentions nobody: set ON_CALL and ON_CALL_NAME too, or say in ROUTES_PATH who is on call.',
    );
  }
  return routing;
}
