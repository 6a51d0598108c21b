/**
 * Pins the base image of the Dockerfile to the bytes that its tag stands for now: asks the registry for the digest and
 * writes it as the default of NODE_DIGEST. `npm run pin-image`; `--check` only compares, and exits 1 where they differ.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';

export type Registry = { auth: string; registry: string };

/** Docker Hub, as https://distribution.github.io/distribution/spec/auth/token describes it. */
const DOCKER_HUB: Registry = { auth: 'https://auth.docker.io', registry: 'https://registry-1.docker.io' };
const IMAGE = 'library/node';
const WITHIN_MS = 30_000;
/** An index has the image of each processor: its digest is the same for all of them. */
const INDEXES = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
];

const Token = z.object({ token: z.string().min(1) });
const Digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);

/** The digest of the index behind a tag of the Node image. Throws an Error with a sentence when it cannot be learned. */
export async function digestOf(tag: string, { auth, registry }: Registry = DOCKER_HUB): Promise<string> {
  const signal = AbortSignal.timeout(WITHIN_MS);
  const scope = `repository:${IMAGE}:pull`;
  const signedIn = await fetch(`${auth}/token?service=registry.docker.io&scope=${scope}`, { signal });
  if (!signedIn.ok) throw new Error(`The registry gave no token (${signedIn.status}).`);
  const { token } = Token.parse(await signedIn.json());
  const answer = await fetch(`${registry}/v2/${IMAGE}/manifests/${tag}`, {
    method: 'HEAD',
    headers: { accept: INDEXES.join(', '), authorization: `Bearer ${token}` },
    signal,
  });
  if (answer.status === 404)
    throw new Error(`There is no image node:${tag}. Correct NODE_VERSION in the Dockerfile.`);
  if (!answer.ok) throw new Error(`The registry did not say what node:${tag} is (${answer.status}).`);
  const digest = Digest.safeParse(answer.headers.get('docker-content-digest'));
  if (!digest.success) throw new Error(`The registry gave no digest of node:${tag}.`);
  return digest.data;
}

const VERSION = /^ARG NODE_VERSION=(\d+\.\d+\.\d+)$/m;
const PINNED = /^ARG NODE_DIGEST=(.*)$/m;

/** The tag that a Dockerfile builds on. Throws where it names none. */
export function tagOf(dockerfile: string): string {
  const version = VERSION.exec(dockerfile)?.[1];
  if (version === undefined) throw new Error('The Dockerfile has no line ARG NODE_VERSION=<full version>.');
  return `${version}-slim`;
}

/** The Dockerfile with the digest in it. */
export function pinned(dockerfile: string, digest: string): string {
  if (!PINNED.test(dockerfile)) throw new Error('The Dockerfile has no line ARG NODE_DIGEST=.');
  return dockerfile.replace(PINNED, `ARG NODE_DIGEST=@${digest}`);
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      check: { type: 'boolean', default: false },
      file: { type: 'string', default: fileURLToPath(new URL('../Dockerfile', import.meta.url)) },
      auth: { type: 'string', default: DOCKER_HUB.auth },
      registry: { type: 'string', default: DOCKER_HUB.registry },
    },
  });
  try {
    const before = readFileSync(values.file, 'utf8');
    const tag = tagOf(before);
    const after = pinned(before, await digestOf(tag, values));
    const name = path.basename(values.file);
    if (after === before) console.error(`pin-image: ${name} has the digest of node:${tag}`);
    else if (values.check)
      throw new Error(`node:${tag} has other bytes than ${name} says. Run npm run pin-image.`);
    else {
      writeFileSync(values.file, after);
      console.error(`pin-image: ${name} builds on node:${tag}${PINNED.exec(after)?.[1]}`);
    }
  } catch (error) {
    console.error(`pin-image: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  }
}
