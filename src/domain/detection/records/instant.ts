/**
 * The instant of a record in ms UTC, or null. The unified audit log writes UTC without a zone, exports put a blank
 * where the T belongs or write `9/26/2023 1:50:02 AM`, and fractions have up to nine digits.
 */
export function instantIn(text: string | null): number | null {
  if (text === null) return null;
  if (AS_LOGGED.test(text)) return finite(Date.parse(`${text}Z`));
  const match = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(\.\d+)?\s*(Z|[+-]\d\d:?\d\d)?$/i.exec(
    text.trim(),
  );
  const at = match
    ? Date.parse(`${match[1]}T${match[2]}${(match[3] ?? '').slice(0, 4)}${match[4] ?? 'Z'}`)
    : /^\d{1,2}\/\d{1,2}\/\d{4}/.test(text.trim())
      ? Date.parse(`${text.trim().replace(',', '')} UTC`)
      : Number.NaN;
  return finite(at);
}

/** As the unified audit log writes nearly all of them. */
const AS_LOGGED = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/;

const finite = (at: number): number | null => (Number.isFinite(at) ? at : null);
