import { TenantReadError } from '../../domain/ports.ts';
import type { Operation } from '../operations.ts';
import type { ExchangeAnswer, ExchangeError } from './exchange.ts';
import { serviceError } from './service-error.ts';
import { cancelled } from './sleep.ts';

/** Reports and sign-ins are refused with this code in a tenant without Entra ID P1. */
const NOT_PREMIUM = 'Authentication_RequestFromNonPremiumTenantOrB2CTenant';

/** True for 429 and for the 403 with code AF429, which is how the Management Activity API says the same. */
export const isThrottled = (answer: ExchangeAnswer): boolean =>
  answer.status === 429 || (answer.status === 403 && serviceError(answer.text).code === 'AF429');

/** Takes an answer that is not a success and returns the reason why the read is incomplete. */
export function failureOfAnswer(answer: ExchangeAnswer, operation: Operation): TenantReadError {
  const { what, permission } = operation;
  const error = serviceError(answer.text);
  const said = error.code ? ` (${answer.status} ${error.code})` : ` (${answer.status})`;
  if (isThrottled(answer)) {
    return new TenantReadError(
      'throttled',
      `Microsoft asks to slow down and would not ${what} in time${said}. The next run tries again.`,
    );
  }
  if (answer.status === 401) {
    return new TenantReadError(
      'unauthorized',
      `Microsoft did not accept the app's sign-in to ${what}${said}. Check the app registration and its credential.`,
    );
  }
  if (answer.status === 403 && error.code === NOT_PREMIUM) {
    return new TenantReadError('forbidden', `The tenant needs Entra ID P1 to ${what}${said}.`);
  }
  if (answer.status === 403) {
    return new TenantReadError(
      'forbidden',
      `The app may not ${what}${said}. Grant it the application permission ${permission} with admin consent; the token of a managed identity takes up to 24 hours to know of it.`,
      { permission },
    );
  }
  if (answer.status >= 500) {
    return new TenantReadError(
      'server-error',
      `Microsoft could not ${what}${said}. The next run tries again.`,
    );
  }
  return new TenantReadError(
    'refused',
    `Microsoft refused to ${what}${said}${error.message ? `: ${error.message}` : '.'}`,
  );
}

/** Takes a failed exchange and returns the reason why the read is incomplete. */
export function failureOfExchange(
  error: ExchangeError,
  operation: Operation,
  origin: string,
): TenantReadError {
  const { what } = operation;
  const options = { cause: error };
  switch (error.code) {
    case 'timeout':
      return new TenantReadError('timeout', `${origin} took too long to ${what}. ${error.message}`, options);
    case 'unreachable':
      return new TenantReadError(
        'unreachable',
        `${origin} could not be reached to ${what}. ${error.message}`,
        options,
      );
    case 'too-large':
    case 'bad-encoding':
      return new TenantReadError(
        'malformed',
        `The answer to ${what} cannot be used. ${error.message}`,
        options,
      );
    case 'cancelled':
      return cancelled(error);
  }
}
