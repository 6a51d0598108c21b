import { z } from 'zod';
import type { MailboxPurpose } from '../../domain/ports.ts';
import { TenantReadError } from '../../domain/ports.ts';
import { BatchAnswer } from '../graph/batch-answer.ts';
import type { GraphClient } from '../graph/graph-client.ts';
import { readJson } from '../http/json-answer.ts';
import { OPERATIONS } from '../operations.ts';

const Settings = z.object({ userPurpose: z.string() });
const BATCH_SIZE = 20;

/**
 * What these accounts' mailboxes are for (`userPurpose`: user, shared, room …). Who has no mailbox, or whose cannot be
 * read, is left out. It needs MailboxSettings.Read. Throws TenantReadError, `forbidden` where that is missing.
 */
export async function readMailboxPurposes(
  graph: GraphClient,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<MailboxPurpose[]> {
  const operation = OPERATIONS.mailboxPurposes;
  const found: MailboxPurpose[] = [];
  for (let start = 0; start < ids.length; start += BATCH_SIZE) {
    const chunk = ids.slice(start, start + BATCH_SIZE);
    const requests = chunk.map((id, index) => ({
      id: String(index),
      method: 'GET',
      url: `/users/${encodeURIComponent(id)}/mailboxSettings?$select=userPurpose`,
    }));
    const answer = await graph.post(graph.api('/$batch'), { requests }, operation, signal);
    const { responses } = readJson(answer, BatchAnswer, operation);
    if (responses.length > 0 && responses.every(({ status }) => status === 403)) {
      throw new TenantReadError('forbidden', forbidden(operation), { permission: operation.permission });
    }
    for (const { id, status, body } of responses) {
      const settings = status === 200 ? Settings.safeParse(body) : null;
      const userId = chunk[Number(id)];
      if (settings?.success && userId !== undefined) {
        found.push({ userId, purpose: settings.data.userPurpose });
      }
    }
  }
  return found;
}

const forbidden = ({ what, permission }: { what: string; permission: string }): string =>
  `The app may not ${what}. Grant it the application permission ${permission} with admin consent, or leave it: accounts are then judged by their names.`;
