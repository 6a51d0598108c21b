/** A sentence without case and accents, as the words of `concepts.ts` are written. */
export const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replaceAll('ß', 'ss')
    .replace(/[’‘`´]/g, "'")
    .toLowerCase();

/** What the names of files end in. */
export const EXTENSION =
  'xlsx?|xlsm|docx?|pptx?|pdf|csv|txt|zip|one|vsdx?|msg|eml|jpe?g|png|gif|mp4|mov|pst|json|xml|html?|aspx';
