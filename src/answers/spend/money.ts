import { listed } from '../../domain/english.ts';
import type { Money } from '../../domain/spend/cost.ts';

/** "EUR 1,234.50": the code, because several currencies share a sign. */
export const moneyText = (amount: number, currency: string): string =>
  new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'code' })
    .format(amount)
    .replaceAll('\u00A0', ' ');

/** "EUR 1,234.50 and USD 60.00"; currencies are never added up. "nothing" when there is none. */
export const sumText = (money: Money): string =>
  money.size === 0 ? 'nothing' : listed([...money].map(([currency, amount]) => moneyText(amount, currency)));
