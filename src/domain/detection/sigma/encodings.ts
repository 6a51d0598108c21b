/** Encodings that a selection may ask for: the field holds the encoded form of what the rule says. */

/** A text as bytes, one character each. */
export const utf8 = (text: string): string => String.fromCharCode(...new TextEncoder().encode(text));

export const utf16le = (text: string): string =>
  text
    .split('')
    .map((char) => String.fromCharCode(char.charCodeAt(0) & 0xff, char.charCodeAt(0) >> 8))
    .join('');

export const utf16be = (text: string): string =>
  text
    .split('')
    .map((char) => String.fromCharCode(char.charCodeAt(0) >> 8, char.charCodeAt(0) & 0xff))
    .join('');

/** UTF-16 with its byte order mark, little-endian. */
export const utf16 = (text: string): string => `\u00ff\u00fe${utf16le(text)}`;

export const base64 = (bytes: string): string => btoa(bytes);

/** The part of the Base64 of these bytes that is the same whatever stands around them, for each of three offsets. */
export const base64Offsets = (bytes: string): string[] =>
  [0, 1, 2].map((offset) => {
    const start = [0, 2, 3][offset] ?? 0;
    const end = [undefined, -3, -2][(bytes.length + offset) % 3];
    return btoa(' '.repeat(offset) + bytes).slice(start, end);
  });

const DASHES = ['-', '/', '\u2013', '\u2014', '\u2015'];

/** A command line's option with each dash that Windows takes. */
export const windash = (text: string): string[] => [
  ...new Set([text, ...DASHES.map((dash) => text.replace(/(^|\s)[-/](?=\w)/g, `$1${dash}`))]),
];
