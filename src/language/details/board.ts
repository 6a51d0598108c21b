/** What incidents and alerts are called, in five languages: to say so is to ask for their list. */
const INCIDENTS =
  /incid[eéè]n|vorf[aäo]|alert|alarm|warning|warnung|waarschuwing|melding|störung|\bavis|dossier|\bf[aä]lle?\b|\bcas(?:e|es|os?)?\b/i;

/** Whether a sentence about what is open means everything that needs somebody, and not the incidents alone. */
export const asksForBoard = (text: string): boolean => !INCIDENTS.test(text);
