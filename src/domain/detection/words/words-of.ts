import { listedUpTo } from '../../english.ts';
import { count, numeral } from '../../numerals.ts';
import type { FactLine, RecordWords } from '../alerts/security-incident.ts';
import type { Firing } from '../evaluate.ts';
import type { RecordView } from '../record-view.ts';
import type { DetectionClass } from '../rule.ts';
import {
  applicationWords,
  auditingWords,
  groupWords,
  guestWords,
  licenseWords,
  resourceWords,
  roleWords,
  signInWords,
} from './directory-words.ts';
import { factsOf } from './fact-lines.ts';
import { forwardingWords, mailboxWords, sharingWords } from './mail-words.ts';
import { type NameOf, type Saying, sayingOf, type Told } from './saying.ts';
import { stateWords } from './state-words.ts';

const FACTS = 6;
const PEOPLE = 5;
const CLIENT = 60;

const WORDS: Readonly<Record<DetectionClass, (said: Saying, nameOf: NameOf) => string | null>> = {
  roles: roleWords,
  groups: groupWords,
  applications: applicationWords,
  resources: resourceWords,
  sharing: sharingWords,
  guests: guestWords,
  teams: groupWords,
  forwarding: forwardingWords,
  'mailbox-access': mailboxWords,
  'sign-ins': signInWords,
  auditing: auditingWords,
  licensing: licenseWords,
};

/**
 * A firing in plain words, from its records; by the title of its rule and its labels where they say no more, as with a
 * foreign rule.
 * @param records those of the firing that the archive has, oldest first
 * @param counts whether its records are one time more each, as failed sign-ins are
 */
export function wordsOf(
  firing: Pick<Firing, 'rule' | 'class' | 'title' | 'labels' | 'records'>,
  records: readonly Told[],
  counts: 'records' | 'acts',
  nameOf: NameOf,
): RecordWords {
  const [first] = records;
  const label = (name: string): string | null => firing.labels[name] ?? first?.view.labels[name] ?? null;
  const actor = label('actor');
  const target = label('target');
  const common = {
    who: actor === null ? null : nameOf(actor),
    object: target === null ? null : nameOf(target),
    address: label('address'),
    client: first ? clientOf(first.view) : null,
  };
  if (counts === 'records') return { ...common, ...countedWords(firing, records, nameOf) };
  const saying = first ? sayingOf(first.view, nameOf) : null;
  const said =
    saying === null || firing.class === null
      ? null
      : (stateWords(saying, firing.rule, permissionsIn(records)) ?? WORDS[firing.class](saying, nameOf));
  return {
    ...common,
    title: said ?? byTitle(firing, nameOf),
    facts: records.flatMap(factsOf).slice(0, FACTS),
  };
}

/** What there is to say of a firing without a look into its records: for those that nobody can read. */
export function titleOnly(firing: Pick<Firing, 'title' | 'labels'>, nameOf: NameOf): RecordWords {
  const { actor, target, address } = firing.labels;
  return {
    title: byTitle(firing, nameOf),
    facts: [],
    who: actor === undefined ? null : nameOf(actor),
    object: target === undefined ? null : nameOf(target),
    address: address ?? null,
    client: null,
  };
}

const bare = (value: string | null): string => (value ?? '').replace(/^[[\s"]+|[\]\s"]+$/g, '');

/** App roles that were given or taken, by their names. */
const permissionsIn = (records: readonly Told[]): string[] => [
  ...new Set(
    records.flatMap(({ event }) =>
      event.modified.flatMap(({ name, oldValue, newValue }) =>
        /(^|\.)AppRole\.Value$/i.test(name)
          ? [bare(newValue) || bare(oldValue)].filter((text) => text !== '')
          : [],
      ),
    ),
  ),
];

/** "Title of the rule: Lee Gu, lee@fabrikam.example". */
function byTitle({ title, labels }: Pick<Firing, 'title' | 'labels'>, nameOf: NameOf): string {
  const names = [...new Set(Object.values(labels).map(nameOf))];
  return names.length === 0 ? title : `${title}: ${listedUpTo(names, PEOPLE)}`;
}

/** Of what only counts together: how often, and about which people. */
function countedWords(
  firing: Pick<Firing, 'title' | 'labels' | 'records'>,
  records: readonly Told[],
  nameOf: NameOf,
): Pick<RecordWords, 'title' | 'facts'> {
  const distinct = (name: string): string[] => [
    ...new Set(records.flatMap(({ view }) => view.labels[name] ?? [])),
  ];
  const line = (name: string, label: string, shown: (text: string) => string): FactLine[] => {
    const texts = distinct(label);
    if (texts.length === 0 || firing.labels[label] !== undefined) return [];
    const after = listedUpTo(texts.map(shown), PEOPLE);
    return [{ name: texts.length > 1 ? `${name} (${numeral(texts.length)})` : name, before: null, after }];
  };
  const asItIs = (text: string): string => text;
  const signedIn = [
    ...new Set(
      records.flatMap(({ view }) =>
        /logg?edin$/i.test(view.operation) && view.labels.actor !== undefined
          ? nameOf(view.labels.actor)
          : [],
      ),
    ),
  ];
  const as = signedIn.length === 0 ? '' : `, signed in as ${listedUpTo(signedIn, PEOPLE)}`;
  return {
    title: `${byTitle(firing, nameOf)}${as}`,
    facts: [
      { name: 'Counted', before: null, after: count(firing.records.length, 'record') },
      ...line('People', 'actor', nameOf),
      ...line('About', 'target', nameOf),
      ...line('From', 'address', asItIs),
    ],
  };
}

/** "Client=OWA;Action=ViaProxy" is "OWA"; of anything else the beginning. */
function shortened(client: string): string {
  const text = (/^Client=([^;]+)/.exec(client)?.[1] ?? client).trim();
  return text.length > CLIENT ? `${text.slice(0, CLIENT)}…` : text;
}

/** What was used: a browser, an app, PowerShell. */
function clientOf(view: RecordView): string | null {
  for (const field of ['ClientInfoString', 'useragent', 'clientapp', 'ApplicationDisplayName']) {
    const value = view.values(field)?.find((one) => typeof one === 'string' && one !== '');
    if (typeof value === 'string') return shortened(value);
  }
  return null;
}
