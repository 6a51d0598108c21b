import { TenantReadError } from '../../domain/ports.ts';
import type { ExchangeAnswer } from '../http/exchange.ts';
import { serviceError } from '../http/service-error.ts';
import { OPERATIONS } from '../operations.ts';

/** Error codes of the Management Activity API that are no failure, or not of the whole read. */
export const ALREADY_STARTED = 'AF20024';
export const NOT_STARTED = 'AF20022';
/** A blob that is not there, or not any more. */
export const CONTENT_GONE: ReadonlySet<string> = new Set(['AF20050', 'AF20051']);

const NO_PERMISSION = 'AF10001';
const NO_SUCH_TENANT = 'AF20011';

/**
 * The refusals that mean something else here than their status says, or null. A tenant that does not audit
 * is answered as if it did not exist, in one form with a code and in another with only a text.
 */
export function explainActivityRefusal(answer: ExchangeAnswer): TenantReadError | null {
  const { code, message } = serviceError(answer.text);
  if (code === NO_SUCH_TENANT || /tenant\b.*\bdoes not exist/i.test(message)) {
    return new TenantReadError(
      'auditing-off',
      'Auditing is switched off in this tenant. Turn it on in the Microsoft Purview portal; it takes up to an hour.',
    );
  }
  if (code === NO_PERMISSION) {
    const { what, permission } = OPERATIONS.activityFeed;
    return new TenantReadError(
      'forbidden',
      `The app may not ${what} (${code}). Grant it the application permission ${permission} of "Office 365 Management APIs" with admin consent; the token of a managed identity takes up to 24 hours to know of it.`,
      { permission },
    );
  }
  return null;
}
