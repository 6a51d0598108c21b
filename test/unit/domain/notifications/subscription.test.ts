import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../../src/domain/durations.ts';
import {
  type ChangeSubscription,
  careFor,
  SUBSCRIPTION_LIFE_MS,
} from '../../../../src/domain/notifications/subscription.ts';

const NOW = Date.UTC(2026, 10, 30);
const URL = 'https://bot.contoso.com/api/notifications';
const one = (over: Partial<ChangeSubscription>): ChangeSubscription => ({
  resource: 'users',
  id: 's',
  clientState: 'secret',
  url: URL,
  expiresAt: NOW + SUBSCRIPTION_LIFE_MS,
  ...over,
});

describe('a subscription', () => {
  it.each([
    ['that is missing is made', null, URL, 'create'],
    ['that nobody wants is not made', null, null, 'nothing'],
    ['that is new is left alone', one({}), URL, 'nothing'],
    [
      'that has lived for half a day is renewed',
      one({ expiresAt: NOW + 2 * DAY_MS + 11 * HOUR_MS }),
      URL,
      'renew',
    ],
    ['that ends within the minute is renewed', one({ expiresAt: NOW + 1 }), URL, 'renew'],
    ['that has ended is made again', one({ expiresAt: NOW }), URL, 'create'],
    ['with another address is replaced', one({ url: 'https://old.contoso.com/' }), URL, 'replace'],
    ['that is no longer wanted is ended', one({}), null, 'remove'],
  ] as const)('%s', (_name, known, url, care) => {
    expect(careFor(known, url, NOW)).toBe(care);
  });
});
