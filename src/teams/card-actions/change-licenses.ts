import { z } from 'zod';
import {
  isAboutGroup,
  isGroupLicenseKind,
  isMembershipKind,
  REQUEST_KINDS,
} from '../../domain/restore/requests/request-kind.ts';
import { licenseChangeCard, licenseChangedCard, licensesKeptCard } from '../cards/license-change.ts';
import { timesIn } from '../cards/times.ts';
import { showCard } from '../turn.ts';
import { askedReply, Second } from './ask-second.ts';
import { cardAction, Id } from './card-action.ts';

/** Ids as one text with commas: clients change lists in a card's data on their way. */
const Ids = (most: number) =>
  z
    .string()
    .max(most * 129)
    .toLowerCase()
    .transform((text) => [...new Set(text.split(',').filter((id) => id !== ''))])
    .pipe(z.array(Id).min(1).max(most));

/** Changes licenses or members of a group, as the card that asked before has shown it. */
export const changeLicenses = cardAction({
  verb: 'change-licenses',
  role: 'operator',
  Data: z
    .object({
      kind: z.enum(REQUEST_KINDS),
      users: Ids(50).optional(),
      products: Ids(10).optional(),
      services: Ids(40).optional(),
      group: Id.optional(),
      // 16 digits: of cards that an earlier version posted.
      plan: z.string().regex(/^(?:[0-9a-f]{16}|[0-9a-f]{64})$/),
      second: Second,
    })
    // A group's licenses are everybody's who is in it; a membership has the products of its group.
    .refine(({ kind, users }) => isGroupLicenseKind(kind) === (users === undefined))
    .refine(({ kind, products }) => isMembershipKind(kind) === (products === undefined))
    .refine(({ kind, group }) => isAboutGroup(kind) === (group !== undefined))
    // What goes and what comes, in this order.
    .refine(({ kind, products }) => kind !== 'swap' || products?.length === 2)
    .refine(({ kind, services }) => !kind.startsWith('turn-') || services !== undefined),
  misfit: 'I cannot read this request, so nothing was changed. Please ask me for it again.',
  async run({ kind, users = [], products = [], services, group, plan, second }, turn, context, access) {
    const request = {
      kind,
      userIds: users,
      skuIds: products,
      ...(services ? { planIds: services } : {}),
      ...(group ? { groupId: group } : {}),
    };
    const { person } = turn.asker;
    const asking = second === null ? null : { conversationKey: turn.conversation.key };
    const outcome = await context.services.changeLicenses(request, plan, person, access, asking);
    context.log.info(
      { by: person.aadObjectId, decision: kind, users: users.length, outcome: outcome.kind },
      'license change answered',
    );
    const times = timesIn(turn.asker.timeZone, context.timeZone);
    switch (outcome.kind) {
      case 'refused':
        return turn.reply(showCard(licensesKeptCard(outcome.sentence, times), outcome.sentence));
      case 'accepted': {
        const card = licenseChangedCard(outcome, times, outcome.second);
        return turn.reply(showCard(card, outcome.sentence));
      }
      case 'waiting':
        return turn.reply(askedReply(outcome, times));
      case 'shown-again': {
        const { notice, ...shown } = outcome;
        const card = licenseChangeCard(request, { ...shown, reading: notice }, times);
        return turn.reply(showCard(card, notice));
      }
      case 'needs-second': {
        const shown = { ...outcome, reading: '', second: 'can-be-asked' as const };
        return turn.reply(showCard(licenseChangeCard(request, shown, times), outcome.plan.sentence));
      }
    }
  },
});
