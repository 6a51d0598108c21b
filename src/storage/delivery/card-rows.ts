import { type Selectable, sql } from 'kysely';
import { z } from 'zod';
import { cardSubject } from '../../domain/delivery/card-key.ts';
import type { Shown } from '../../domain/delivery/shown.ts';
import type { AlertTarget, CardCopy, PostedCard, SeenCard, ShowAgain } from '../../domain/ports.ts';
import type { Queries } from '../database/connection.ts';
import type { PostedCardRow } from '../database/schema.ts';
import { readStored } from '../database/stored-json.ts';
import { OutboxMessage } from './outbox-rows.ts';

/** More cards of one incident than this are a mistake or an attack: they are not edited. */
const MAX_COPIES = 5;
const MAX_TIMES = 20;

const Copies = z.array(
  z.object({
    target: z.object({ key: z.string(), name: z.string() }),
    activityId: z.string(),
    seenAt: z.number(),
    replaced: z.boolean().optional(),
  }),
);
const Times = z.array(z.number());
/** Texts of a later version are read as they are: they are only compared. */
const ShownText = z.object({
  status: z.string(),
  level: z.string(),
  cause: z.string(),
  changes: z.number(),
  restored: z.number(),
  asked: z.boolean(),
  snoozed: z.boolean(),
}) as unknown as z.ZodType<Shown>;

export async function cardOf(db: Queries, incidentId: string): Promise<PostedCard | null> {
  const row = await db
    .selectFrom('posted_cards')
    .selectAll()
    .where('incident_id', '=', incidentId)
    .executeTakeFirst();
  return row ? toCard(row) : null;
}

function toCard(row: Selectable<PostedCardRow>): PostedCard {
  const where = `the card of incident ${row.incident_id}`;
  return {
    incidentId: row.incident_id,
    target: { key: row.target_key, name: row.target_name },
    activityId: row.activity_id,
    revision: row.revision,
    postedAt: row.posted_at,
    copies: row.copies === null ? [] : readStored(Copies, row.copies, where),
    postedAgain: row.posted_again === null ? [] : readStored(Times, row.posted_again, where),
    shown: row.shown === null ? null : readStored(ShownText, row.shown, where),
    gone: row.gone === 1,
  };
}

/** What a send tells of a card: where it stands, and what it says. */
export type NotedCard = {
  incidentId: string;
  revision: number;
  target: AlertTarget;
  activityId: string;
  /** Whether an earlier send may stand in the channel as well. */
  again: boolean;
  shown: Shown | null;
};

/** A card that is edited keeps the time at which it was posted, and its copies. */
export async function noteCard(db: Queries, card: NotedCard, at: number): Promise<void> {
  const { incidentId, revision, target, activityId, again, shown } = card;
  const before = await cardOf(db, incidentId);
  const times = [...(before?.postedAgain ?? []), ...(again ? [at] : [])].slice(-MAX_TIMES);
  const row = {
    target_key: target.key,
    target_name: target.name,
    activity_id: activityId,
    revision,
    gone: 0 as const,
    posted_again: times.length === 0 ? null : JSON.stringify(times),
    ...(shown === null ? {} : { shown: JSON.stringify(shown) }),
  };
  await db
    .insertInto('posted_cards')
    .values({ incident_id: incidentId, posted_at: at, copies: null, shown: null, ...row })
    .onConflict((conflict) =>
      conflict.column('incident_id').doUpdateSet({
        ...row,
        posted_at: sql<number>`case when posted_cards.activity_id = excluded.activity_id
          then posted_cards.posted_at else excluded.posted_at end`,
      }),
    )
    .execute();
}

/** See `OutboxStore.noteSeen`; inside the caller's transaction. */
export async function noteSeen(db: Queries, incidentId: string, seen: CardCopy): Promise<SeenCard> {
  const card = await cardOf(db, incidentId);
  if (card === null || card.gone) {
    if (card === null && !(await isUnderWay(db, incidentId))) return 'foreign';
    const { target, activityId, seenAt } = seen;
    const revision = card?.revision ?? 0;
    await noteCard(db, { incidentId, revision, target, activityId, again: false, shown: null }, seenAt);
    await setCopies(db, incidentId, card?.copies.filter((copy) => copy.activityId !== activityId) ?? []);
    return card === null ? 'under-way' : 'found';
  }
  const isSame = ({ activityId, target }: Pick<CardCopy, 'activityId' | 'target'>): boolean =>
    activityId === seen.activityId && target.key === seen.target.key;
  if (isSame(card) || card.copies.some(isSame) || card.copies.length >= MAX_COPIES) return 'known';
  await setCopies(db, incidentId, [...card.copies, seen]);
  return 'copy';
}

/** Whether a send of the incident's card is under way, or ended without anybody knowing how. */
async function isUnderWay(db: Queries, incidentId: string): Promise<boolean> {
  const rows = await db
    .selectFrom('outbox')
    .select(['key', 'message'])
    .where('done', '=', 0)
    .where((where) => where.or([where('unknown_sends', '>', 0), where('status', '=', 'sending')]))
    .execute();
  return rows
    .map(({ key, message }) => readStored(OutboxMessage, message, `outbox item ${key}`))
    .some((message) => cardSubject(message) === incidentId);
}

/** See `OutboxStore.noteGone`; inside the caller's transaction. */
export async function noteGone(db: Queries, incidentId: string, activityId: string): Promise<void> {
  const card = await cardOf(db, incidentId);
  if (!card) return;
  const [next, ...others] = card.copies.filter((copy) => copy.activityId !== activityId);
  if (card.activityId !== activityId) {
    await setCopies(db, incidentId, next ? [next, ...others] : []);
  } else if (next) {
    await db
      .updateTable('posted_cards')
      .set({ target_key: next.target.key, target_name: next.target.name, activity_id: next.activityId })
      .where('incident_id', '=', incidentId)
      .execute();
    await setCopies(db, incidentId, others);
  } else {
    await db
      .updateTable('posted_cards')
      .set({ gone: 1, copies: null })
      .where('incident_id', '=', incidentId)
      .execute();
  }
}

/** See `OutboxStore.showAgain`; inside the caller's transaction. Returns whether the card is to be sent again. */
export async function showAgain(
  db: Queries,
  { incidentId, activityId }: Pick<PostedCard, 'incidentId' | 'activityId'>,
  how: ShowAgain,
  at: number,
): Promise<boolean> {
  const card = await cardOf(db, incidentId);
  if (card === null || card.gone || card.activityId !== activityId) return false;
  // What it said is forgotten: so it counts as news, whether it is edited or, found gone, posted.
  await db
    .updateTable('posted_cards')
    .set({ shown: null, ...(how === 'edit' ? {} : { gone: 1 }) })
    .where('incident_id', '=', incidentId)
    .execute();
  if (how === 'replace') {
    const old = { target: card.target, activityId, seenAt: at };
    const copies = [...card.copies, old].map((copy) => ({ ...copy, replaced: true }));
    await setCopies(db, incidentId, copies.slice(-MAX_COPIES));
  }
  return true;
}

async function setCopies(db: Queries, incidentId: string, copies: readonly CardCopy[]): Promise<void> {
  await db
    .updateTable('posted_cards')
    .set({ copies: copies.length === 0 ? null : JSON.stringify(copies) })
    .where('incident_id', '=', incidentId)
    .execute();
}
