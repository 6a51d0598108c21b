import type { Environment } from '../../src/config/settings.ts';

export const TENANT_ID = '0f0e0d0c-0b0a-4908-8706-050403020100';
export const CLIENT_ID = '11111111-aaaa-4bbb-8ccc-222222222222';
export const BOT_ID = '33333333-aaaa-4bbb-8ccc-444444444444';
export const GROUP_ID = '55555555-aaaa-4bbb-8ccc-666666666666';
export const UNIT_ID = '77777777-aaaa-4bbb-8ccc-888888888888';

/** An environment with which `serve` starts; a value of `undefined` takes a setting away. */
export function anEnvironment(overrides: Environment = {}): Environment {
  return {
    AAD_APP_TENANT_ID: TENANT_ID,
    AAD_APP_CLIENT_ID: CLIENT_ID,
    AAD_APP_CLIENT_SECRET: 'tenant-secret',
    ...overrides,
  };
}
