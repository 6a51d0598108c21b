/** An IP address as a number with its length in bits: 32 or 128. */
type Address = { bits: 32 | 128; number: bigint };

/** Makes a test whether an address is in a network such as `10.0.0.0/8` or `2001:db8::/32`; null for no network. */
export function cidrTest(network: string): ((address: string) => boolean) | null {
  const [text = '', lengthText, ...more] = network.trim().split('/');
  const base = addressOf(text);
  if (!base || more.length > 0 || (lengthText !== undefined && !/^\d{1,3}$/.test(lengthText))) return null;
  const length = lengthText === undefined ? base.bits : Number(lengthText);
  if (length > base.bits) return null;
  const shift = BigInt(base.bits - length);
  return (candidate) => {
    const address = addressOf(candidate);
    return address?.bits === base.bits && address.number >> shift === base.number >> shift;
  };
}

/** Reads an address as the logs write it: also with a port, in brackets, or IPv4 within IPv6. */
function addressOf(text: string): Address | null {
  const bare = text
    .trim()
    .toLowerCase()
    .replace(/^\[([^\]]*)\](?::\d+)?$/, '$1')
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')
    .replace(/%.*$/, '')
    .replace(/^::ffff:(?=\d+\.)/, '');
  return bare.includes(':') ? version6(bare) : version4(bare);
}

function version4(text: string): Address | null {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return null;
  return { bits: 32, number: parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n) };
}

function version6(text: string): Address | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const [head, tail] = halves.map(groupsOf);
  if (!head || (halves.length === 2 && !tail)) return null;
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (tail ? missing < 1 : missing !== 0) return null;
  const groups = [...head, ...Array<number>(missing).fill(0), ...(tail ?? [])];
  return { bits: 128, number: groups.reduce((sum, group) => sum * 65536n + BigInt(group), 0n) };
}

function groupsOf(text: string): number[] | null {
  if (text === '') return [];
  const parts = text.split(':');
  return parts.every((part) => /^[0-9a-f]{1,4}$/.test(part)) ? parts.map((part) => parseInt(part, 16)) : null;
}
