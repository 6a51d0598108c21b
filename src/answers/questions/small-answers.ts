import type { Answer } from '../answer/answer.ts';
import { makeAnswer } from '../answer/make-answer.ts';

/** Sentences that work as they stand, for help and for whoever was not understood. */
const EXAMPLES = [
  'who changed Adele Vance’s license',
  'history of Adele Vance',
  'licenses of Adele Vance',
  'lost licenses this week',
  'open incidents',
  'free seats',
  'status',
];

export const help = async (): Promise<Answer> =>
  makeAnswer(
    'help',
    'Ask in plain words who changed a license, what somebody has or had, who lost something, or how I am doing.',
    {
      blocks: [
        {
          kind: 'table',
          columns: ['Ask', 'And get'],
          rows: [
            ['who changed Adele’s license', 'who, why, how sure that is, and the records'],
            ['history of Adele', 'every change since the first read'],
            ['licenses of Adele', 'products, direct or by group, and plans switched off'],
            ['lost licenses this week', 'everybody who lost one, and why'],
            ['who has Visio', 'the users of a product'],
            ['free seats', 'bought, used and free, by product'],
            ['unused licenses', 'who has one and does not sign in, and seats that nobody has'],
            ['license cost by department', 'what it comes to at your own prices'],
            ['license assignment errors', 'what Microsoft could not apply'],
            ['what did Anna do last week', 'the audit records'],
            ['are the audit logs complete?', 'until when each log has been read'],
            ['open incidents', 'what waits for a decision'],
            ['give Adele the license back', 'the card with the Reassign button'],
            ['assign Visio to Lee', 'what it would do, and a button that does it; remove works the same'],
            ['what did the bot do last week', 'who decided what, and what came of it'],
            ['show standing rules', 'which changes are expected, until when'],
            ['keep an eye on Adele', 'alerts on her losses right away, and mentions on-call'],
            ['snooze Visio until Friday: known migration', 'no alerts about it until then'],
            ['export lost licenses last month', 'the whole list as a file'],
            ['scan now', 'a read of the tenant'],
            ['post alerts in this channel', 'moves alerts here, after a question'],
            ['status', 'whether everything works'],
          ],
          hiddenRows: 0,
        },
      ],
      next: EXAMPLES,
    },
  );

export const smallTalk = async (): Promise<Answer> =>
  makeAnswer('small-talk', 'I’m here. Ask me about Microsoft 365 licenses, or say “help”.', {
    next: ['help', 'status'],
  });

/** For what is out of scope, and what nobody could understand: they look the same. */
export const unknown = async (): Promise<Answer> =>
  makeAnswer(
    'unknown',
    'That’s outside what I do: I say who changed Microsoft 365 licenses, who has them and what they cost, and I assign, remove and restore them, but I don’t touch passwords, accounts, mailboxes, devices or purchases.',
    { next: ['lost licenses this week', 'open incidents', 'free seats'] },
  );

export const scan = async (): Promise<Answer> =>
  makeAnswer('scan', 'The tenant is read now.', { next: ['status'], request: { kind: 'scan' } });

export const setChannel = async (): Promise<Answer> =>
  makeAnswer('set-channel', 'Alerts go to the team channel in which an owner says this.', {
    request: { kind: 'set-channel' },
  });
