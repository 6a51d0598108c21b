import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { connect, createServer } from 'node:net';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import {
  DOMAIN,
  OPERATOR_UPN,
  SECOND_OPERATOR_UPN,
  TENANT_ID,
} from '../../simulator/scenarios/well-known.ts';
import { idOf } from '../../simulator/tenant/ids.ts';

export type Playground = {
  /** The page to open. */
  address: string;
  /** Resolves when the Playground has ended, by itself or by `stop`. */
  ended: Promise<void>;
  stop(): Promise<void>;
};

const START_WITHIN_MS = 30_000;
const STOP_WITHIN_MS = 3_000;

/** People of the simulated tenant, as the Playground knows them. */
const MEGAN = ['Megan Bowen', OPERATOR_UPN] as const;
const LEE = ['Lee Gu', SECOND_OPERATOR_UPN] as const;
const COLLEAGUES = [
  ['Anna Kowalska', `anna.kowalska@${DOMAIN}`],
  ['Isaiah Langer', `isaiahl@${DOMAIN}`],
  ['Patti Fernandez', `pattif@${DOMAIN}`],
  ['Lynne Robbins', `lynner@${DOMAIN}`],
] as const;

/**
 * Starts Microsoft's Agents Playground beside the bot, in the team "IT operations" with the channel "License
 * alerts". Its user is Megan Bowen, who may press buttons in the simulated tenant, or Lee Gu, who may too.
 * @param options.folder where its project file is written
 * @param options.port the port to try first; another free one is taken when it is busy
 * @throws when it does not come up in half a minute
 */
export async function startPlayground(options: {
  botPort: number;
  port: number;
  folder: string;
  user?: 'megan' | 'lee';
}): Promise<Playground> {
  await mkdir(options.folder, { recursive: true });
  const project = options.user === 'lee' ? projectFile(LEE, MEGAN) : projectFile(MEGAN, LEE);
  await writeFile(path.join(options.folder, '.m365agentsplayground.yml'), project);
  const port = (await isFree(options.port)) ? options.port : await freePort();
  const cli = createRequire(import.meta.url).resolve('@microsoft/m365agentsplayground/cli.js');
  const bot = `http://127.0.0.1:${options.botPort}/api/messages`;
  const args = [cli, '-e', bot, '-c', 'msteams', '-p', String(port), '--dt'];
  const child = spawn(process.execPath, args, { cwd: options.folder, stdio: 'ignore' });
  const ended = once(child, 'exit').then(() => undefined);
  await reachable(port, child);
  return {
    address: `http://localhost:${port}`,
    ended,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await Promise.race([ended, wait(STOP_WITHIN_MS).then(() => child.kill('SIGKILL'))]);
    },
  };
}

type Named = readonly [name: string, upn: string];

/** What the Playground calls a project: who types, who else is there, and the channel. JSON is YAML. */
function projectFile(user: Named, other: Named): string {
  const person = ([name, upn]: Named) => {
    const [givenName = name, surname = ''] = name.split(' ');
    const id = `29:${upn}`;
    const aadObjectId = idOf('user', upn);
    // The Playground's format spells it so.
    return { id, name, userPrincipleName: upn, aadObjectId, givenName, surname, email: upn };
  };
  const project = {
    version: '0.1.1',
    tenantId: TENANT_ID,
    bot: { id: '2f6b6c3e-8d35-4c8e-9f4a-5b1d7e9c0a22', name: 'License Watch' },
    currentUser: person(user),
    users: [other, ...COLLEAGUES].map(person),
    personalChat: { id: 'a:personal-chat' },
    groupChat: { id: '19:license-admins@thread.v2', name: 'License admins' },
    team: {
      id: '19:it-operations@thread.tacv2',
      name: 'IT operations',
      aadGroupId: '5d1e7c1a-6a57-4b6e-8a7e-3a9f0c2d4b10',
      channels: [{ id: '19:license-alerts@thread.tacv2', name: 'License alerts' }],
    },
  };
  return JSON.stringify(project, null, 2);
}

/** Whether nobody listens on a port: of all addresses, or of one. */
export async function isFree(port: number, host?: string): Promise<boolean> {
  const server = createServer();
  const listening = once(server, 'listening');
  server.listen({ port, ...(host === undefined ? {} : { host }) });
  try {
    await listening;
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return address !== null && typeof address === 'object' ? address.port : 0;
}

async function reachable(port: number, child: ChildProcess): Promise<void> {
  for (let waited = 0; waited < START_WITHIN_MS; waited += 200) {
    if (child.exitCode !== null) break;
    if (await answers(port)) return;
    await wait(200);
  }
  child.kill('SIGKILL');
  throw new Error('The Agents Playground did not start. Run with --no-playground to do without it.');
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, 'localhost');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
