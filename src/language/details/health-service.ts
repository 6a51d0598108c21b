/** Microsoft's services as its service health names them, with the words that people use for them. */
const SERVICES: readonly (readonly [name: string, words: RegExp])[] = [
  ['Exchange Online', /\bexchange|\boutlook|\be-?mails?\b|\bmails?\b|\bcorreo|\bcourriel/],
  ['Microsoft Teams', /\bteams\b/],
  ['SharePoint Online', /\bsharepoint/],
  ['OneDrive for Business', /\bone ?drive/],
  ['Microsoft Entra', /\bentra\b|\bazure ad\b|\baad\b|\bsign-?ins?\b|\blog-?ins?\b|\banmeldung/],
  ['Microsoft Intune', /\bintune/],
  ['Power BI', /\bpower ?bi\b/],
  ['Power Automate', /\bpower ?automate|\bflow\b/],
  ['Power Apps', /\bpower ?apps\b/],
  ['Microsoft Viva', /\bviva\b|\byammer/],
  ['Microsoft Defender', /\bdefender/],
  ['Microsoft Purview', /\bpurview/],
  ['Microsoft Copilot', /\bcopilot/],
  ['Planner', /\bplanner/],
  ['Microsoft 365 suite', /\badmin (?:center|portal)|\badmincenter|\badmin centers/],
];

/** The services that a question about Microsoft's incidents names, by their names in the service health. */
export function healthServices(text: string): string[] {
  const folded = text.toLowerCase();
  return SERVICES.filter(([, words]) => words.test(folded)).map(([name]) => name);
}
