import { z } from 'zod';
import type { NotifiedResource } from '../../domain/notifications/subscription.ts';
import type { ChangeSubscriptions } from '../../domain/ports.ts';
import { Instant } from '../bodies/instant.ts';
import type { GraphClient } from '../graph/graph-client.ts';
import { expectSuccess, readJson } from '../http/json-answer.ts';
import { OPERATIONS, type Operation } from '../operations.ts';

const Subscription = z.object({ id: z.string().min(1), expirationDateTime: Instant });

const OPERATION_OF: Readonly<Record<NotifiedResource, Operation>> = {
  users: OPERATIONS.notifyOfUsers,
  groups: OPERATIONS.notifyOfGroups,
};

/**
 * Graph's subscriptions to changes of users and groups (`POST /subscriptions`). Of both, `updated` is sent for what was
 * made, changed or deleted for the time being, `deleted` for what is gone for good. Lifecycle notifications come to the
 * same address, which cannot be given later.
 */
export function createChangeSubscriptions(graph: GraphClient): ChangeSubscriptions {
  const one = (id: string) => graph.api(`/subscriptions/${encodeURIComponent(id)}`);
  return {
    async create({ resource, url, clientState, expiresAt }, signal) {
      const operation = OPERATION_OF[resource];
      const body = {
        changeType: 'updated,deleted',
        resource,
        notificationUrl: url,
        lifecycleNotificationUrl: url,
        expirationDateTime: new Date(expiresAt).toISOString(),
        clientState,
      };
      // A second one would only be ours twice, so that a lost answer is left to the next run.
      const answer = await graph.postOnce(graph.api('/subscriptions'), body, operation, signal);
      const { id, expirationDateTime } = readJson(answer, Subscription, operation);
      return { id, expiresAt: expirationDateTime };
    },

    async renew(id, expiresAt, signal) {
      const operation = OPERATIONS.notifyOfUsers;
      const body = { expirationDateTime: new Date(expiresAt).toISOString() };
      const answer = await graph.patch(one(id), body, operation, signal);
      if (answer.status === 404 || answer.status === 410) return null;
      return readJson(answer, Subscription, operation).expirationDateTime;
    },

    async remove(id, signal) {
      const answer = await graph.delete(one(id), OPERATIONS.notifyOfUsers, signal);
      if (answer.status !== 404 && answer.status !== 410) expectSuccess(answer, OPERATIONS.notifyOfUsers);
    },
  };
}
