import { X509Certificate } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createExchange } from '../../../src/microsoft365/http/exchange.ts';
import type { Credential } from '../../../src/microsoft365/sign-in/credential.ts';
import { createSignIn } from '../../../src/microsoft365/sign-in/sign-in.ts';
import { signal } from './a-graph.ts';

const TENANT = '8f0c4b0e-5a77-4b7e-9a63-1d8c7b1f2a10';
const CLIENT = '4d8e3c1a-0000-4000-8000-00000000000a';
const SCOPE = 'https://graph.example/.default';

type TokenReply = { status: number; body: unknown };

describe('signing in as the app', () => {
  let server: https.Server;
  let authority = '';
  let folder = '';
  let pems: { cert: string; private: string };
  let asked: URLSearchParams[] = [];
  let reply: () => TokenReply;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'sign-in-'));
    pems = await generate([{ name: 'commonName', value: 'localhost' }], {
      keySize: 2048,
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
    });
    tls.setDefaultCACertificates([...tls.getCACertificates('default'), pems.cert]);
    server = https.createServer({ key: pems.private, cert: pems.cert }, async (incoming, outgoing) => {
      let body = '';
      for await (const chunk of incoming) body += String(chunk);
      outgoing.setHeader('content-type', 'application/json');
      if (incoming.url?.includes('/.well-known/openid-configuration')) {
        outgoing.end(
          JSON.stringify({
            token_endpoint: `${authority}/${TENANT}/oauth2/v2.0/token`,
            authorization_endpoint: `${authority}/${TENANT}/oauth2/v2.0/authorize`,
            issuer: `${authority}/${TENANT}/v2.0`,
            jwks_uri: `${authority}/${TENANT}/discovery/v2.0/keys`,
          }),
        );
        return;
      }
      asked.push(new URLSearchParams(body));
      const { status, body: answer } = reply();
      outgoing.statusCode = status;
      outgoing.end(JSON.stringify(answer));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    authority = `https://localhost:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await rm(folder, { recursive: true });
  });
  beforeEach(() => {
    asked = [];
    let count = 0;
    reply = () => {
      count += 1;
      return {
        status: 200,
        body: { token_type: 'Bearer', expires_in: 3600, access_token: `token-${count}` },
      };
    };
  });

  const signIn = (credential: Credential) =>
    createSignIn({ authority, tenantId: TENANT, clientId: CLIENT, credential, exchange: createExchange() });
  const secret: Credential = { kind: 'secret', secret: 'very-secret-value' };

  it('asks for the scope with the client secret', async () => {
    expect(await signIn(secret)(SCOPE, signal)).toBe('token-1');
    expect(Object.fromEntries(asked[0] ?? [])).toMatchObject({
      grant_type: 'client_credentials',
      client_id: CLIENT,
      client_secret: 'very-secret-value',
      scope: SCOPE,
    });
  });

  it('keeps a token until a fresh one is asked for', async () => {
    const token = signIn(secret);
    expect([
      await token(SCOPE, signal),
      await token(SCOPE, signal),
      await token(SCOPE, signal, true),
    ]).toEqual(['token-1', 'token-1', 'token-2']);
  });

  it('signs an assertion with the key of a certificate', async () => {
    const file = path.join(folder, 'app.pem');
    await writeFile(file, `${pems.private}\n${pems.cert}`);
    await signIn({ kind: 'certificate', path: file })(SCOPE, signal);
    const [header] = (asked[0]?.get('client_assertion') ?? '').split('.');
    const thumbprint = new X509Certificate(pems.cert).fingerprint256.replaceAll(':', '');
    expect(JSON.parse(Buffer.from(header ?? '', 'base64url').toString())).toMatchObject({
      'x5t#S256': Buffer.from(thumbprint, 'hex').toString('base64url'),
    });
  });

  it('reads the federated token again for each sign-in, because the platform replaces it', async () => {
    const file = path.join(folder, 'federated');
    const token = signIn({ kind: 'federated-token', path: file });
    await writeFile(file, 'first\n');
    await token(SCOPE, signal);
    await writeFile(file, 'second\n');
    await token(SCOPE, signal, true);
    expect(asked.map((request) => request.get('client_assertion'))).toEqual(['first', 'second']);
  });

  it.each([
    ['AADSTS7000215', 7000215, /client secret is wrong/],
    ['AADSTS7000229', 7000229, /no service principal .*az ad sp create --id/],
    ['AADSTS700016', 700016, /not known in this tenant/],
    ['AADSTS123456', 123456, /Check the app registration/],
  ])('says what to do about %s, without the secret', async (name, number, advice) => {
    reply = () => ({
      status: 401,
      body: {
        error: 'invalid_client',
        error_description: `${name}: Something about very-secret-value. Trace ID: x`,
        error_codes: [number],
      },
    });
    const failure = await signIn(secret)(SCOPE, signal).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'unauthorized', message: expect.stringMatching(advice) });
    expect(failure).toMatchObject({ message: expect.stringContaining(name) });
    expect(String(failure)).not.toContain('very-secret-value');
  });

  it.each([
    ['server-error', () => ({ status: 503, body: { error: 'temporarily_unavailable' } })],
    ['unauthorized', () => ({ status: 200, body: { token_type: 'Bearer', expires_in: 3600 } })],
  ] as const)('fails with %s', async (code, answer) => {
    reply = answer;
    await expect(signIn(secret)(SCOPE, signal)).rejects.toMatchObject({ code });
  });

  it('fails when the sign-in service cannot be reached', async () => {
    const token = createSignIn({
      authority: 'https://127.0.0.1:9',
      tenantId: TENANT,
      clientId: CLIENT,
      credential: secret,
      exchange: createExchange(),
    });
    await expect(token(SCOPE, signal)).rejects.toMatchObject({ code: 'unreachable' });
  });

  it.each([
    ['is not there', null],
    ['holds no key', 'cert'],
    ['is empty', ''],
  ])('fails when the certificate file %s', async (_, content) => {
    const file = path.join(folder, `bad-${content}.pem`);
    if (content !== null) await writeFile(file, content === 'cert' ? pems.cert : '');
    const read = signIn({ kind: 'certificate', path: file })(SCOPE, signal);
    await expect(read).rejects.toMatchObject({
      code: 'unauthorized',
      message: expect.stringContaining('credential of the app cannot be used'),
    });
  });

  it('stops waiting when it is cancelled', async () => {
    const stop = new AbortController();
    const read = signIn(secret)(SCOPE, stop.signal);
    stop.abort();
    await expect(read).rejects.toMatchObject({ code: 'cancelled' });
  });
});
