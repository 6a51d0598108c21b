/** How single settings are written. Each message completes the sentence "Set NAME to …". */

import { validate } from 'node-cron';
import { z } from 'zod';
import { DAY_MS, MINUTE_MS } from '../domain/durations.ts';
import { isTimeZone } from '../domain/time-formats.ts';

export const Guid = z
  .string()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, 'an id such as 11111111-2222-3333-4444-555555555555')
  .transform((id) => id.toLowerCase());

export const Text = z.string();

export const YesNo = z
  .string()
  .toLowerCase()
  .pipe(z.enum(['true', 'false'], 'true or false'))
  .transform((value) => value === 'true');

export const Port = z
  .string()
  .regex(/^\d{1,5}$/, 'a whole number from 0 to 65535')
  .transform(Number)
  .refine((port) => port <= 65_535, 'a whole number from 0 to 65535');

export const Days = z
  .string()
  .regex(/^\d{1,5}$/, 'a whole number of days, at least 1')
  .transform(Number)
  .refine((days) => days >= 1, 'a whole number of days, at least 1');

export const Copies = z
  .string()
  .regex(/^\d{1,2}$/, 'a whole number from 0 to 99')
  .transform(Number);

const MIN_KEY_LENGTH = 16;

export const UserCount = z
  .string()
  .regex(/^\d{1,7}$/, 'a whole number of users; 0 means any')
  .transform(Number);

/** Keys of the archive: the present one first, former ones after it. */
export const ArchiveKeys = z
  .string()
  .transform((text) => text.split(',').map((key) => key.trim()))
  .refine(
    (keys) => keys.every((key) => key.length >= MIN_KEY_LENGTH),
    `a secret of at least ${MIN_KEY_LENGTH} characters, or several separated by commas, the newest first`,
  );

const SETTLE = 'a number of minutes from 0 to 1440; fractions are allowed';
/** Minutes in the environment, milliseconds in the product. */
export const SettleTime = z
  .string()
  .regex(/^\d+(\.\d+)?$/, SETTLE)
  .transform((minutes) => Math.round(Number(minutes) * MINUTE_MS))
  .refine((ms) => ms <= DAY_MS, SETTLE);

const PERCENT = 'a percentage above 0 and up to 100, without the sign';
export const Percent = z
  .string()
  .regex(/^\d+(\.\d+)?$/, PERCENT)
  .transform(Number)
  .refine((percent) => percent > 0 && percent <= 100, PERCENT);

export const CronLine = z
  .string()
  .refine((line) => validate(line), 'a cron line such as "*/5 * * * *", with an optional field for seconds');

export const TimeZone = z.string().refine(isTimeZone, 'an IANA time zone such as Europe/Amsterdam, or UTC');

/** Only an origin: paths and versions are added by the client, and tokens are asked for by origin. */
export const HttpsOrigin = z
  .string()
  .refine(isHttpsOrigin, 'an https origin without path, such as https://localhost:8443')
  .transform((value) => new URL(value).origin);

export const HttpUrl = z
  .string()
  .refine((value) => /^https?:$/.test(urlOf(value)?.protocol ?? ''), 'an http or https address');

/** Where Microsoft Graph reaches us from outside; an address without a path gets the path that we answer on. */
export const NotificationUrl = z
  .string()
  .refine(
    isNotificationUrl,
    'an https address that Microsoft reaches, such as https://license-watch.contoso.com/api/notifications (http only on a loopback address)',
  )
  .transform((value) => {
    const url = new URL(value);
    if (url.pathname === '/') url.pathname = '/api/notifications';
    return url.href;
  });

const DATABASE = 'file:<path of a SQLite file> or postgres://<user>:<password>@<host>/<database>';
export const DatabaseUrl = z.string().refine((value) => {
  if (value.startsWith('file:')) return value.length > 'file:'.length;
  const url = urlOf(value);
  return /^postgres(ql)?:$/.test(url?.protocol ?? '') && url?.hostname !== '';
}, DATABASE);

/** True for addresses that only this machine can reach. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}

function isHttpsOrigin(value: string): boolean {
  const url = urlOf(value);
  if (url === null || url.protocol !== 'https:' || url.username !== '' || url.password !== '') return false;
  return url.pathname === '/' && url.search === '' && url.hash === '';
}

function isNotificationUrl(value: string): boolean {
  const url = urlOf(value);
  if (url === null || url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    return false;
  }
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
}

function urlOf(value: string): URL | null {
  return URL.canParse(value) ? new URL(value) : null;
}
