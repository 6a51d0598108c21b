import type { Exchange } from '../hostile/bot-with-incident.ts';

/** The data of every button with this verb, in what was said and answered, each once. */
export function buttonsIn({ text, said }: Exchange, verb: string): object[] {
  const found = new Map<string, object>();
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (
      'verb' in value &&
      value.verb === verb &&
      'data' in value &&
      typeof value.data === 'object' &&
      value.data
    ) {
      found.set(JSON.stringify(value.data), value.data);
    }
    for (const inner of Object.values(value)) look(inner);
  };
  look(text.startsWith('{') ? JSON.parse(text) : null);
  look(said);
  return [...found.values()];
}
