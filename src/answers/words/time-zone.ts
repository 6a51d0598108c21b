/** The zone of whoever asks, or the tenant's: what a client sends is not always a name that the runtime knows. */
export const zoneOf = (asker: { timeZone: string | null }, tenant: { timeZone: string }): string =>
  asker.timeZone !== null && isTimeZone(asker.timeZone) ? asker.timeZone : tenant.timeZone;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
