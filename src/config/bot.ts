import { z } from 'zod';
import { listed } from '../domain/english.ts';
import type { Settings } from './settings.ts';
import type { TenantCredential } from './tenant.ts';
import { Guid, isLoopback, Port, Text } from './values.ts';

export type HttpConfig = {
  host: string;
  port: number;
  /** Where `/readyz` and `/metrics` are, when not on the bot's port. */
  operations: { host: string; port: number } | null;
  /** What asks for them on the bot's port with, where others can reach that. */
  operationsToken: string | null;
  /** Messages of one person that are answered in a minute. */
  turnsPerMinute: number;
};

/** `anonymous` has no Bot Framework authentication and is accepted on loopback addresses only. */
export type BotConfig =
  | { type: 'anonymous' }
  | { type: 'UserAssignedMSI'; id: string; tenantId: string }
  | { type: 'SingleTenant'; id: string; tenantId: string; credential: BotCredential };

/** How a bot outside Azure proves who it is; the tenant's reader has the same kinds. */
export type BotCredential = Exclude<TenantCredential, { kind: 'managed-identity' }>;

const Host = z
  .string()
  .regex(/^[A-Za-z0-9.:_[\]-]+$/, 'an address to listen on, such as 127.0.0.1 or 0.0.0.0');

const TURNS = 'a whole number of messages from 1 to 10000';
const Turns = z
  .string()
  .regex(/^\d{1,5}$/, TURNS)
  .transform(Number)
  .refine((turns) => turns >= 1 && turns <= 10_000, TURNS);

/** Guessing a shorter one takes no time. */
const Token = z.string().min(16, 'a secret of at least 16 characters');

const BotType = z.enum(
  ['UserAssignedMSI', 'SingleTenant'],
  'UserAssignedMSI (in Azure) or SingleTenant (anywhere else); Microsoft takes no new MultiTenant bots',
);

/** Reads where to listen. */
export function readHttp(settings: Settings): HttpConfig {
  const host = settings.readOrDefault('HOST', Host);
  const port = settings.readOrDefault('PORT', Port);
  return {
    host,
    port,
    operations: readOperations(settings, port),
    operationsToken: settings.read<string | null>('OPERATIONS_TOKEN', Token, null),
    turnsPerMinute: settings.readOrDefault('TURNS_PER_MINUTE', Turns),
  };
}

function readOperations(settings: Settings, botPort: number): HttpConfig['operations'] {
  const port = settings.read<number | null>('OPERATIONS_PORT', Port, null);
  const host = settings.readOrDefault('OPERATIONS_HOST', Host);
  if (port === null) {
    if (settings.isSet('OPERATIONS_HOST')) {
      settings.problem('Set OPERATIONS_PORT too, or remove OPERATIONS_HOST: it is the address of that port.');
    }
    return null;
  }
  if (port === botPort && port !== 0) {
    settings.problem(
      `Set OPERATIONS_PORT to another port than PORT, or remove it; both are now "${port}". What Teams reaches must not be where the metrics are.`,
    );
  }
  return { host, port };
}

/** Reads who the bot is. Without an id, anybody who reaches the port could speak as anybody. */
export function readBot(settings: Settings, http: HttpConfig): BotConfig {
  if (!settings.isSet('BOT_ID')) {
    if (!isLoopback(http.host)) {
      settings.problem(
        `Set BOT_ID to the bot's client id, or HOST to a loopback address: without BOT_ID nobody is authenticated, and HOST is now "${http.host}".`,
      );
    }
    for (const name of ['BOT_TYPE', ...CREDENTIALS]) {
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
    for (const name of CREDENTIALS.filter((one) => settings.isSet(one))) {
      settings.problem(
        `Remove ${name}, or set BOT_TYPE to SingleTenant: a managed identity signs in by itself.`,
      );
    }
    return { type, id, tenantId };
  }
  return { type, id, tenantId, credential: readCredential(settings) };
}

const CREDENTIALS = ['BOT_PASSWORD', 'BOT_CERTIFICATE_PATH', 'BOT_FEDERATED_TOKEN_FILE'] as const;

function readCredential(settings: Settings): BotCredential {
  const given = CREDENTIALS.filter((name) => settings.isSet(name));
  if (given.length > 1) {
    settings.problem(`Remove all but one of ${listed(given)}: the bot signs in with exactly one credential.`);
  }
  const path = (name: string): string => settings.read(name, Text, '');
  switch (given[0]) {
    case 'BOT_CERTIFICATE_PATH':
      return { kind: 'certificate', path: path('BOT_CERTIFICATE_PATH') };
    case 'BOT_FEDERATED_TOKEN_FILE':
      return { kind: 'federated-token', path: path('BOT_FEDERATED_TOKEN_FILE') };
    default: {
      const what =
        "the bot's client secret, as BOT_TYPE is SingleTenant, or set BOT_CERTIFICATE_PATH or BOT_FEDERATED_TOKEN_FILE";
      return { kind: 'secret', secret: settings.require('BOT_PASSWORD', what, Text, '') };
    }
  }
}

function requireTenant(settings: Settings): string {
  return settings.require('BOT_TENANT_ID', 'the id of the tenant in which the bot is registered', Guid, '');
}
