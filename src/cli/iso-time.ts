const ISO = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?$/;

/**
 * A day or an instant of an argument, in UTC or with its offset: "2026-11-01", "2026-11-01T08:00:00Z".
 * @returns ms UTC; NaN for what is no such text: no comparison with it holds
 */
export const instantOf = (text = ''): number => (ISO.test(text) ? Date.parse(text) : Number.NaN);
