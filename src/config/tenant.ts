import { z } from 'zod';
import { listed } from '../domain/english.ts';
import type { Settings } from './settings.ts';
import { Guid, HttpsOrigin, YesNo } from './values.ts';

/** How the app that reads the tenant proves who it is. Exactly one is configured. */
export type TenantCredential =
  | { kind: 'secret'; secret: string }
  /** A PEM file with the certificate and its private key. */
  | { kind: 'certificate'; path: string }
  /** `clientId` is a user-assigned managed identity that holds the permissions itself. */
  | { kind: 'managed-identity' }
  /** A file in which the platform keeps a fresh token that the app registration trusts. */
  | { kind: 'federated-token'; path: string };

export type TenantConfig = { tenantId: string; clientId: string; credential: TenantCredential };

export type CloudName = 'public' | 'gcch' | 'dod' | 'china' | 'custom';

/** Origins without a final slash. Only `custom` carries its own; the client knows those of the others. */
export type CloudConfig =
  | { name: Exclude<CloudName, 'custom'> }
  | { name: 'custom'; endpoints: { authority: string; graph: string; managementApi: string } };

const Cloud = z.enum(['public', 'gcch', 'dod', 'china', 'custom'], 'public, gcch, dod, china or custom');

/** Reads which tenant is watched, and as whom. */
export function readTenant(settings: Settings): TenantConfig {
  return {
    tenantId: settings.require('AAD_APP_TENANT_ID', 'the id of the tenant to watch', Guid, ''),
    clientId: settings.require(
      'AAD_APP_CLIENT_ID',
      'the client id of the app that reads the tenant',
      Guid,
      '',
    ),
    credential: readCredential(settings),
  };
}

const CREDENTIAL_NAMES =
  'AAD_APP_CLIENT_SECRET, AAD_APP_CERTIFICATE_PATH, AAD_APP_MANAGED_IDENTITY (true) or AAD_APP_FEDERATED_TOKEN_FILE';

function readCredential(settings: Settings): TenantCredential {
  const secret = settings.text('AAD_APP_CLIENT_SECRET');
  const certificate = settings.text('AAD_APP_CERTIFICATE_PATH');
  const tokenFile = settings.text('AAD_APP_FEDERATED_TOKEN_FILE');
  const managed = settings.read('AAD_APP_MANAGED_IDENTITY', YesNo, false);

  const given: { name: string; credential: TenantCredential }[] = [];
  if (secret) given.push({ name: 'AAD_APP_CLIENT_SECRET', credential: { kind: 'secret', secret } });
  if (certificate) {
    given.push({ name: 'AAD_APP_CERTIFICATE_PATH', credential: { kind: 'certificate', path: certificate } });
  }
  if (managed) given.push({ name: 'AAD_APP_MANAGED_IDENTITY', credential: { kind: 'managed-identity' } });
  if (tokenFile) {
    given.push({
      name: 'AAD_APP_FEDERATED_TOKEN_FILE',
      credential: { kind: 'federated-token', path: tokenFile },
    });
  }

  if (given.length === 0) {
    settings.problem(`Set one credential for the app that reads the tenant: ${CREDENTIAL_NAMES}.`);
  }
  if (given.length > 1) {
    const names = listed(given.map((one) => one.name));
    settings.problem(`Remove all but one of ${names}: the app signs in with exactly one credential.`);
  }
  return given[0]?.credential ?? { kind: 'managed-identity' };
}

/** Reads which Microsoft cloud the tenant lives in. */
export function readCloud(settings: Settings): CloudConfig {
  const name = settings.readOrDefault('CLOUD', Cloud);
  if (name !== 'custom') {
    for (const url of ['AUTHORITY_URL', 'GRAPH_URL', 'MANAGEMENT_API_URL']) {
      if (settings.isSet(url)) {
        settings.problem(
          `Set CLOUD to custom, or remove ${url}: the cloud "${name}" has addresses of its own.`,
        );
      }
    }
    return { name };
  }
  return {
    name,
    endpoints: {
      authority: readOrigin(settings, 'AUTHORITY_URL'),
      graph: readOrigin(settings, 'GRAPH_URL'),
      managementApi: readOrigin(settings, 'MANAGEMENT_API_URL'),
    },
  };
}

function readOrigin(settings: Settings, name: string): string {
  return settings.require(name, 'its https origin, as CLOUD is custom', HttpsOrigin, '');
}
