const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether the text is a bare GUID. */
export const isGuid = (text: string): boolean => GUID.test(text);

/** A user principal name or a mail address, as far as a text alone can tell. */
export const isPrincipalName = (text: string): boolean => /^[^\s@\\/"<>]+@[^\s@\\/"<>]+$/.test(text);

/** Whether a name is that of a guest in this tenant. */
export const isGuestName = (name: string | null): boolean => name !== null && /#EXT#/i.test(name);

/**
 * The mail address behind a guest's principal name (`sam_wingtip.example#EXT#@litware.onmicrosoft.com` is
 * `sam@wingtip.example`), in lower case; other names only in lower case.
 */
export function addressOfGuest(name: string): string {
  const before = /^(.*)#EXT#@/i.exec(name)?.[1];
  if (before === undefined) return name.toLowerCase();
  const at = before.lastIndexOf('_');
  return (at < 0 ? before : `${before.slice(0, at)}@${before.slice(at + 1)}`).toLowerCase();
}

/** An address without port and brackets; null for none. */
export function plainAddress(text: string | null): string | null {
  const address = text?.trim().toLowerCase() ?? '';
  if (address === '' || address === '<null>') return null;
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(address)?.[1];
  return bracketed ?? /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(address)?.[1] ?? address;
}
