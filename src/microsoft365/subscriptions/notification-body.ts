import { z } from 'zod';

/** One change notification; `resource` may be written `Users/<id>` or with the full path of Graph's address. */
const Change = z.object({
  subscriptionId: z.string().min(1),
  clientState: z.string().nullish(),
  changeType: z.string().nullish(),
  resource: z.string().min(1),
  resourceData: z.object({ id: z.string().min(1) }).nullish(),
});

/** What Graph says about a subscription itself. */
const Lifecycle = z.object({
  subscriptionId: z.string().min(1),
  clientState: z.string().nullish(),
  lifecycleEvent: z.string().min(1),
});

const Body = z.object({ value: z.array(z.unknown()) });

/** A notification as it came, not yet known to be Graph's. */
export type Notification = { subscriptionId: string; clientState: string } & (
  | { kind: 'change'; objectId: string }
  | { kind: 'lifecycle'; event: string }
);

/** `unreadable` counts those of another form than Microsoft documents. */
export type NotificationBody = { notifications: Notification[]; unreadable: number };

/**
 * Reads the body that Graph posts. A batch may hold notifications of several subscriptions, and one that is of another
 * form takes nothing from the others.
 * @returns null for what is no body of notifications at all
 */
export function readNotifications(body: unknown): NotificationBody | null {
  const parsed = Body.safeParse(body);
  if (!parsed.success) return null;
  const notifications = parsed.data.value.map(readOne);
  const readable = notifications.filter((one) => one !== null);
  return { notifications: readable, unreadable: notifications.length - readable.length };
}

function readOne(row: unknown): Notification | null {
  const lifecycle = Lifecycle.safeParse(row);
  if (lifecycle.success) {
    const { subscriptionId, clientState, lifecycleEvent: event } = lifecycle.data;
    return { kind: 'lifecycle', subscriptionId, clientState: clientState ?? '', event };
  }
  const change = Change.safeParse(row);
  if (!change.success) return null;
  const { subscriptionId, clientState, resource, resourceData } = change.data;
  const objectId = (resourceData?.id ?? lastSegment(resource)).toLowerCase();
  if (objectId === '') return null;
  return { kind: 'change', subscriptionId, clientState: clientState ?? '', objectId };
}

/** The id in `Users/<id>`, `users('<id>')` or a longer path. */
function lastSegment(resource: string): string {
  const last = resource.split('/').at(-1) ?? '';
  return /\('([^']+)'\)$/.exec(last)?.[1] ?? last;
}
