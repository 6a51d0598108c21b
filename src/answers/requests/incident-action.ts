import { DAY_MS } from '../../domain/durations.ts';
import { listed } from '../../domain/english.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import type { IncidentView } from '../../domain/incident-view/view.ts';
import { count } from '../../domain/numerals.ts';
import type { Query, TimeRange } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { makeAnswer } from '../answer/make-answer.ts';
import { heldAgain } from '../history/held-again.ts';
import { approvedLately, openIncidents, waitingUndos } from '../questions/incidents.ts';
import { loadNames, usersById } from '../words/names.ts';

const WORDS = {
  reassign: { what: 'give a license back', button: 'Reassign' },
  snooze: { what: 'snooze', button: 'Snooze' },
} as const;

/** Reassign and snooze in words: nothing is done; the incident's card is shown, whose buttons ask first. */
export async function incidentAction(query: Query, deps: AnswerDeps): Promise<Answer> {
  const intent = query.intent === 'snooze' ? 'snooze' : 'reassign';
  const { what, button } = WORDS[intent];
  const all = [...(await openIncidents(query, deps)), ...(await waitingUndos(query, deps))];
  const open = intent === 'reassign' ? all.filter((incident) => isOf(query.range, incident)) : all;
  const users = [...(await usersById(deps.store, query.people)).values()].map(({ state }) => state);
  const whose = users.length > 0 ? ` of ${listed(users.map(({ displayName }) => displayName))}` : '';
  const [first] = open;
  if (!first) {
    const approved = intent === 'reassign' ? await approvedLately(query, deps) : null;
    const shown = approved && (await deps.incidentView(approved.id));
    if (shown?.plan) return giveBackApproved(shown);
    const again = intent === 'reassign' ? await heldAgain(query, deps) : null;
    if (again) return again;
    return makeAnswer(
      intent,
      `There is no open incident${whose} to ${what}${intent === 'snooze' ? '' : ' for'}.`,
      {
        next:
          users.length > 0
            ? users.slice(0, 1).map((user) => `history of ${user.userPrincipalName}`)
            : ['lost licenses this week'],
      },
    );
  }
  if (open.length > 1 && query.people.length === 0) {
    const names = await loadNames(deps.store);
    const people = await usersById(
      deps.store,
      open.flatMap(({ userIds }) => userIds.slice(0, 1)),
    );
    return makeAnswer(intent, `${count(open.length, 'incident')} are open. Which one?`, {
      blocks: [
        {
          kind: 'choices',
          choices: open.slice(0, 10).flatMap(({ userIds, skuIds }) => {
            const user = people.get(userIds[0] ?? '')?.state;
            if (!user) return [];
            const others = userIds.length > 1 ? ` and ${count(userIds.length - 1, 'other')}` : '';
            return [
              {
                label: `${user.displayName}${others}`,
                detail: listed(skuIds.map(names.product)),
                ask: `${intent} ${user.userPrincipalName}`,
              },
            ];
          }),
        },
      ],
    });
  }
  const view = await deps.incidentView(first.id);
  if (!view)
    return makeAnswer(intent, 'The incident cannot be shown any more.', { next: ['open incidents'] });
  const more = open.length > 1 ? ` It is the gravest of ${count(open.length, 'open incident')}${whose}.` : '';
  return makeAnswer(intent, `${view.title}. Press ${button} on the card to ${what}.${more}`, {
    request: { kind: 'show-incident', incident: view },
  });
}

/** What was approved can be given back all the same, by the button on its card, or the card says why not. */
function giveBackApproved(view: IncidentView): Answer {
  const lead = view.can.reassign
    ? `${view.title}, and that was approved. Press Reassign on the card: that takes the approval back.`
    : `${view.title}, and that was approved. The card says why it can’t be given back now.`;
  return makeAnswer('reassign', lead, { request: { kind: 'show-incident', incident: view } });
}

/** Whether an incident is about what happened in a time: it may have been seen up to a day later. */
const isOf = (range: TimeRange | null, { openedAt }: Incident): boolean =>
  range === null || (openedAt >= range.from && openedAt < range.to + DAY_MS);
