import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../../src/config/config.ts';
import type { Environment } from '../../../src/config/settings.ts';
import { anEnvironment } from '../../builders/environment.ts';

const load = (settings: Environment) => loadConfig(anEnvironment(settings));

describe('what people tell about licenses and cost', () => {
  it('is nothing unless they do', () => {
    const loaded = load({});
    expect(loaded.ok && loaded.config.spend).toEqual({
      priceList: null,
      productNames: null,
      excludedAccounts: new Set(),
    });
  });

  it('names a file and accounts, whose case does not matter', () => {
    const loaded = load({
      PRICE_LIST: './prices.csv',
      SPARED_ACCOUNTS: 'BreakGlass@contoso.com, 55555555-AAAA-4bbb-8ccc-666666666666',
    });
    expect(loaded.ok && loaded.config.spend).toEqual({
      priceList: './prices.csv',
      productNames: null,
      excludedAccounts: new Set(['breakglass@contoso.com', '55555555-aaaa-4bbb-8ccc-666666666666']),
    });
  });

  it.each(['Tenant Admin', 'admin@contoso.com,,', 'admin'])('takes no name for an account: %s', (text) => {
    const loaded = load({ SPARED_ACCOUNTS: text });
    expect(loaded.ok ? [] : loaded.problems).toEqual([
      `Set SPARED_ACCOUNTS to object ids or user principal names, with commas between them; it is now "${text}".`,
    ]);
  });
});
