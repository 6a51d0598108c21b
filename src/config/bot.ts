import { z } from 'zod';
import type { Settings } from './settings.ts';
import { Guid, isLoopback, Port, Text } from './values.ts';

export type HttpConfig = { host: string; port: number };

/** `anonymous` has no Bot Framework authentication and is accepted on loopback addresses only. */
export type BotConfig =
  | { type: 'anonymous' }
  | { type: 'UserAssignedMSI'; id: string; tenantId: string }
  | { type: 'SingleTenant'; id: string; tenantId: string; password: string };

const Host = z
  .string()
  .regex(/^[A-Za-z0-9.:_[\]-]+$/, 'an address to listen on, such as 127.0.0.1 or 0.0.0.0');

const BotType = z.enum(
  ['UserAssignedMSI', 'SingleTenant'],
  'UserAssignedMSI (in Azure) or SingleTenant (anywhere else); Microsoft takes no new MultiTenant bots',
);

/** Reads where to listen. */
export function readHttp(settings: Settings): HttpConfig {
  return {
    host: settings.read('HOST', Host, '127.0.0.1'),
    port: settings.read('PORT', Port, 3978),
  };
}

/** Reads who the bot is. Without an id, anybody who reaches the port could speak as anybody. */
export function readBot(settings: Settings, http: HttpConfig): BotConfig {
  if (!settings.isSet('BOT_ID')) {
    if (!isLoopback(http.host)) {
      settings.problem(
        `Set BOT_ID to the bot's client id, or HOST to a loopback address: without BOT_ID nobody is authenticated, and HOST is now "${http.host}".`,
      );
    }
    for (const name of ['BOT_TYPE', 'BOT_PASSWORD']) {
      if (settings.isSet(name))
        settings.problem(`Set BOT_ID too, or remove ${name}: it says how BOT_ID signs in.`);
    }
    if (settings.isSet('BOT_TYPE')) {
      settings.read('BOT_TYPE', BotType, 'SingleTenant');
      requireTenant(settings);
    }
    return { type: 'anonymous' };
  }

  const id = settings.read('BOT_ID', Guid, '');
  const tenantId = requireTenant(settings);
  const type = settings.require('BOT_TYPE', 'UserAssignedMSI or SingleTenant', BotType, 'SingleTenant');
  if (type === 'UserAssignedMSI') {
    if (settings.isSet('BOT_PASSWORD')) {
      settings.problem(
        'Remove BOT_PASSWORD, or set BOT_TYPE to SingleTenant: a managed identity has no password.',
      );
    }
    return { type, id, tenantId };
  }
  const password = settings.require(
    'BOT_PASSWORD',
    "the bot's client secret, as BOT_TYPE is SingleTenant",
    Text,
    '',
  );
  return { type, id, tenantId, password };
}

function requireTenant(settings: Settings): string {
  return settings.require('BOT_TENANT_ID', 'the id of the tenant in which the bot is registered', Guid, '');
}
