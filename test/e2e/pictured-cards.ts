import { createHash } from 'node:crypto';
import type { AdaptiveCard } from '../../src/teams/cards/render.ts';
import { MAKERS } from './card-makers.ts';

/** The cards of docs/cards.md, by the name of their picture: which maker, and in which state. */
export const PICTURED: Readonly<Record<string, readonly [maker: string, kind: string]>> = {
  incident: ['incidentCard', 'open'],
  'incident-reassign': ['incidentCard', 'with reassign open'],
  'incident-waiting': ['incidentCard', 'waiting'],
  'incident-restored': ['incidentCard', 'restored'],
  'incident-snoozed': ['incidentCard', 'snoozed'],
  security: ['securityCard', 'open'],
  'security-details': ['securityCard', 'with details'],
  answer: ['answerCard', 'with table'],
  'did-you-mean': ['answerCard', 'with readings'],
  'license-change': ['licenseChangeCard', 'assign'],
  'license-changed': ['licenseChangedCard', 'done'],
  'asked-change': ['askedPostedCard', 'waits'],
  confirm: ['confirmCard', 'watch'],
  'move-alerts': ['moveAlertsCard', 'asked'],
  notice: ['noticeCard', 'notice'],
  deciders: ['decidersCard', 'usual'],
  settings: ['settingsAskedCard', 'change'],
  welcome: ['welcomeCard', 'welcome'],
};

/** The card of a picture. */
export function picturedCard(name: string): AdaptiveCard {
  const [maker = '', kind = ''] = PICTURED[name] ?? [];
  const kinds: Readonly<Record<string, () => AdaptiveCard>> =
    Object.entries(MAKERS).find(([key]) => key === maker)?.[1] ?? {};
  const make = kinds[kind];
  if (!make) throw new RangeError(`no card is made for ${name}`);
  return make();
}

/** What a picture shows, as one word: the same card has the same. */
export const digestOf = (card: AdaptiveCard): string =>
  createHash('sha256').update(JSON.stringify(card)).digest('hex').slice(0, 16);
