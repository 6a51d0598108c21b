/** What the crowd asks, and what an answer to it must say. `{upn}` is somebody of the tenant. */
export const QUESTIONS: readonly { text: string; says: RegExp }[] = [
  { text: 'who changed the license of {upn}', says: /lost|changed|No change/ },
  { text: 'who has E3', says: /users have Microsoft 365 E3/ },
  { text: 'unused licenses', says: /look unused/ },
  { text: 'license cost', says: /a month for \d+ seats/ },
  { text: 'license cost by department', says: /departments?; the most is/ },
  { text: 'who has two licenses twice', says: /by more than one path/ },
  { text: 'status', says: /Watched/ },
  { text: 'lost licenses this week', says: /users? lost a license/ },
  { text: 'licenses of {upn}', says: /@/ },
  { text: 'guests with licenses', says: /guest/i },
  { text: 'help', says: /Ask in plain words|What you can ask/ },
  { text: 'free seats', says: /Bought/ },
];

/** What whoever asks too much is answered. */
export const POLITE = /Too many people ask me right now|more than I can answer in a minute/;
