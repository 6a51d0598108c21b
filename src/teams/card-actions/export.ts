import { z } from 'zod';
import type { ExportRequest } from '../../answers/answer/export-request.ts';
import { EXPORT_NAMES, FORMATS } from '../../answers/answer/export-request.ts';
import { WHICH_KINDS } from '../../answers/answer/which-accounts.ts';
import { ACCOUNT_KINDS, PATHS_ASKED } from '../../language/details/account-kinds.ts';
import { say } from '../turn.ts';
import { cardAction, Id } from './card-action.ts';
import { CarriedRecords } from './carried-records.ts';

/** As many as a sentence names; a card that names more than this is not ours. */
const Ids = z.array(Id).max(100);
const Names = z.array(z.string().max(200)).max(10);
/** ms UTC, within what a date can hold. */
const Instant = z.int().min(0).max(8_640_000_000_000_000);

const Data: z.ZodType<ExportRequest> = z.object({
  intent: z.enum(EXPORT_NAMES),
  incidentId: Id.exactOptional(),
  people: Ids,
  skus: Ids,
  groups: Ids,
  range: z.object({ from: Instant, to: Instant }).refine(({ from, to }) => from < to),
  days: z.int().min(1).max(36_500).nullable().default(null),
  format: z.enum(FORMATS),
  narrowing: z
    .object({
      people: Ids.exactOptional(),
      departments: Names.exactOptional(),
      countries: Names.exactOptional(),
      groups: Ids.exactOptional(),
      units: z
        .array(z.object({ id: Id, name: z.string().max(256) }))
        .max(10)
        .exactOptional(),
      together: z.array(Ids).max(10).exactOptional(),
      except: z
        .object({ people: Ids, skus: Ids, groups: Ids, departments: Names, countries: Names })
        .exactOptional(),
    })
    .exactOptional(),
  which: z
    .object({
      kind: z.enum(WHICH_KINDS),
      accounts: z.array(z.enum(ACCOUNT_KINDS)).max(5).exactOptional(),
      path: z.enum(PATHS_ASKED).exactOptional(),
      paid: z.literal(true).exactOptional(),
    })
    .exactOptional(),
  plans: Names.exactOptional(),
  planState: z.enum(['on', 'off']).exactOptional(),
  lacking: z.literal(true).exactOptional(),
  records: CarriedRecords.exactOptional(),
});

/**
 * The whole list under whose answer the button stands, as a file. The offer is a new message, so that the answer
 * stays readable.
 */
export const exportFile = cardAction({
  verb: 'export',
  role: 'reader',
  Data,
  misfit: 'I cannot read which list you want. Please ask for it: “export lost licenses last month”.',
  async run(request, turn, context, access) {
    await turn.post(await context.files.offer(request, turn, access));
    await turn.reply(say('Answered below.'));
  },
});
