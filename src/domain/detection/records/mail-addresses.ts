/** Whether mail goes to inside or outside the organisation, as far as one record tells. */
import { type Facts, parameterOf } from './facts.ts';
import { fieldOf, textOf } from './loose.ts';

const BETWEEN = /[\s;,:<>()[\]"'\\/={}]+/;

/** The mail addresses in a text, in lower case: `smtp:a@x.y`, `"Name" [SMTP:a@x.y]`, several between `;`. */
export const addressesIn = (text: string | undefined): string[] =>
  (text ?? '').includes('@')
    ? [...new Set((text ?? '').toLowerCase().split(BETWEEN).filter(isAddress).map(plain))]
    : [];

/** Not by one pattern for all of it: that takes the square of a long text's length. */
function isAddress(word: string): boolean {
  const [name, domain, ...more] = word.split('@');
  return more.length === 0 && name !== '' && domain?.slice(0, -1).includes('.') === true;
}

const plain = (address: string): string => (address.endsWith('.') ? address.slice(0, -1) : address);

export const domainOf = (address: string | null | undefined): string | null => {
  const domain = address?.trim().toLowerCase().split('@')[1];
  return domain === undefined || domain === '' ? null : domain;
};

/** The organisation's own domains: that of its name, of the person who acts, and of the mailbox's owner. */
function ownDomains(facts: Facts): string[] {
  const organisation = textOf(fieldOf(facts.raw, 'OrganizationName'))?.toLowerCase() ?? null;
  const hosted = /Microsoft Exchange Hosted Organizations\/([^/\\]+)/i;
  const paths = [
    parameterOf(facts, 'Identity'),
    parameterOf(facts, 'Mailbox'),
    textOf(fieldOf(facts.raw, 'ObjectId')),
  ];
  const service = facts.actor.kind === 'person' ? facts.actor.name : null;
  return [
    organisation,
    ...paths.map((text) => hosted.exec(text ?? '')?.[1]?.toLowerCase() ?? null),
    ...[
      service,
      textOf(fieldOf(facts.raw, 'MailboxOwnerUPN')),
      parameterOf(facts, 'Mailbox') ?? null,
      parameterOf(facts, 'Identity') ?? null,
    ]
      .filter((name) => name !== null && !/[\\/]/.test(name) && !/#EXT#/i.test(name))
      .map(domainOf),
  ].filter((domain) => domain !== null && /\.[a-z0-9-]+$/.test(domain)) as string[];
}

/** Those of the addresses that are outside: a subdomain of one's own is inside, a look-alike is not. */
export function outsideOf(facts: Facts, addresses: readonly string[]): string[] {
  const own = ownDomains(facts).flatMap((domain) => {
    // `litware.mail.onmicrosoft.com` is the same tenant as `litware.onmicrosoft.com`.
    const tenant = /^([^.]+)\.onmicrosoft\.(.+)$/.exec(domain);
    return tenant ? [domain, `${tenant[1]}.mail.onmicrosoft.${tenant[2]}`] : [domain];
  });
  return addresses.filter((address) => {
    const domain = domainOf(address);
    return domain !== null && !own.some((inside) => domain === inside || domain.endsWith(`.${inside}`));
  });
}
