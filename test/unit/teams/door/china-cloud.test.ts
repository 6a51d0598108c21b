import pino from 'pino';
import { describe, expect, it } from 'vitest';
import { createAdapter } from '../../../../src/teams/adapter.ts';
import { chinaCloud } from '../../../../src/teams/door/bot-framework.ts';

const TENANT = '11111111-2222-4333-8444-555555555555';
const BOT = '22222222-2222-4333-8444-555555555555';

const adapter = createAdapter({
  identity: { type: 'SingleTenant', id: BOT, tenantId: TENANT, password: 'secret' },
  governmentCloud: false,
  framework: chinaCloud(TENANT),
  newReference: () => 'reference',
  log: pino({ level: 'silent' }),
});

describe('a bot in Azure China', () => {
  it('speaks for the scope of its own Bot Framework', () => {
    const authentication = Reflect.get(Reflect.get(adapter, 'botFrameworkAuthentication'), 'inner');
    expect(authentication.getOriginatingAudience()).toBe('https://api.botframework.azure.cn');
  });

  it('has no address of the public cloud', () => {
    const { sdk, ...rest } = chinaCloud(TENANT);
    const addresses = [...Object.values(sdk), ...Object.values(rest)].filter(
      (value) => typeof value === 'string',
    );
    expect(addresses).toHaveLength(8);
    expect(addresses.filter((address) => !new URL(address).hostname.endsWith('.cn'))).toEqual([]);
    expect(adapter.botFrameworkAuthConfig).toEqual(sdk);
  });
});
