import { z } from 'zod';
import { FIRST_PAGE } from '../../answers/answer/paging.ts';
import { ACCOUNT_KINDS, HOLDINGS_ASKED, PATHS_ASKED } from '../../language/details/account-kinds.ts';
import { DEED_NAMES } from '../../language/details/decision-kinds.ts';
import { GROUPINGS } from '../../language/details/grouping.ts';
import { INTENT_NAMES } from '../../language/facts.ts';
import type { Details, Query } from '../../language/query.ts';
import { forYou, isForAskerOnly } from '../among-others.ts';
import { answerCard } from '../cards/answer.ts';
import { timesIn } from '../cards/times.ts';
import { takesFiles } from '../files/takes-files.ts';
import { withTyping } from '../middleware/typing.ts';
import { say, showCard } from '../turn.ts';
import { cardAction, Id } from './card-action.ts';
import { CarriedRecords } from './carried-records.ts';

const Ids = z.array(Id).max(50);
/** 8,640,000,000,000,000 ms is the last moment that a date can tell. */
const Moment = z.number().min(-8.64e15).max(8.64e15);

const Names = z.array(z.string().max(200)).max(10);
const Exclusion = z.object({
  people: Ids,
  skus: Ids,
  groups: Ids,
  departments: Names,
  countries: Names,
  said: z.string().max(500),
});

const Range = z.object({ from: Moment, to: Moment }).nullable();
const Days = z.number().int().min(0).max(36_500).nullable();

/** What a sentence says besides; cards that were posted before it was kept have none of it. */
const CarriedDetails: z.ZodType<Partial<Details>> = z.object({
  reason: z.string().max(1_000).exactOptional(),
  rule: z.number().int().min(0).max(9_999).exactOptional(),
  by: z.enum(GROUPINGS).exactOptional(),
  deeds: z.array(z.enum(DEED_NAMES)).max(10).exactOptional(),
  auditing: z.enum(['state', 'how-to', 'retention']).exactOptional(),
  evidence: z.literal(true).exactOptional(),
  healthOf: Names.exactOptional(),
  rights: z
    .object({
      mine: z.literal(true).exactOptional(),
      for: z.enum(['reader', 'operator', 'owner']).exactOptional(),
      directoryRole: z.string().max(100).exactOptional(),
    })
    .exactOptional(),
  board: z.literal(true).exactOptional(),
  list: z.enum(INTENT_NAMES).exactOptional(),
  format: z.enum(['csv', 'ndjson']).exactOptional(),
  from: Ids.exactOptional(),
  to: Ids.exactOptional(),
  together: z.array(Ids).max(10).exactOptional(),
  sides: z.array(Ids).max(10).exactOptional(),
  plans: Names.exactOptional(),
  planState: z.enum(['on', 'off']).exactOptional(),
  planTurn: z.enum(['on', 'off']).exactOptional(),
  departments: Names.exactOptional(),
  countries: Names.exactOptional(),
  except: Exclusion.exactOptional(),
  limit: z.number().int().min(1).max(999).exactOptional(),
  unused: Names.exactOptional(),
  accounts: z.array(z.enum(ACCOUNT_KINDS)).max(5).exactOptional(),
  holding: z.enum(HOLDINGS_ASKED).exactOptional(),
  path: z.enum(PATHS_ASKED).exactOptional(),
  records: CarriedRecords.exactOptional(),
  setting: z
    .object({
      name: z.string().max(100),
      product: z.string().max(200).exactOptional(),
      value: z.string().max(500).nullable().exactOptional(),
    })
    .exactOptional(),
});

/** A query as a card carries it: whatever it asks for, the answer is only about people that the asker may see. */
const CarriedQuery: z.ZodType<Query> = z
  .object({
    intent: z.enum(INTENT_NAMES),
    people: Ids,
    skus: Ids,
    groups: Ids,
    range: Range,
    days: Days,
    unresolved: z.array(z.string().max(200)).max(10),
  })
  .and(CarriedDetails);

const NO_PAGE = 'I cannot read which page this is. Please ask again.';

/**
 * "Next 20", "Previous 20": the list is computed again as it is now, and its page takes the place of the card for
 * the person who pressed. It only shows: nothing that a sentence would have the bot do is done or offered here.
 */
export const page = cardAction({
  verb: 'page',
  role: 'reader',
  Data: z.object({
    ask: z.string().trim().min(1).max(500),
    page: z.number().int().min(1).max(1_000_000),
    query: CarriedQuery.optional(),
    intent: z.enum(INTENT_NAMES).optional(),
    kept: Id.optional(),
  }),
  misfit: NO_PAGE,
  async run({ ask, page: number, query, intent, kept }, turn, context, access) {
    const { services, timeZone } = context;
    const wanted = {
      page: { ...FIRST_PAGE, number },
      ...(query ? { query } : {}),
      ...(intent ? { intent } : {}),
      // To turn a page is to choose nothing.
      ...(kept && !intent ? { kept } : {}),
    };
    const answer = await withTyping(turn, () => services.ask(ask, turn.asker, access, wanted));
    // What is to be carried out is no list, and no card of ours asks for a page of it.
    if (answer.request !== null) return turn.reply(say(NO_PAGE));
    if (!turn.answersAlone && isForAskerOnly(answer, turn, context)) return turn.reply(forYou(ask, intent));
    const times = timesIn(turn.asker.timeZone, timeZone);
    await turn.reply(showCard(answerCard(answer, times, takesFiles(turn, context)), answer.lead));
  },
});
