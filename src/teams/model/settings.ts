/** Where the model is. `baseUrl` null is OpenAI's own. */
export type ModelAddress =
  | { kind: 'openai'; baseUrl: string | null; model: string }
  | { kind: 'azure-openai'; endpoint: string; deployment: string };

/** The same with the key that it takes. */
export type ModelSettings = ModelAddress & { apiKey: string };

/** The header that carries the key, as each service takes it. */
export const keyHeader = ({ kind, apiKey }: ModelSettings): Record<string, string> =>
  kind === 'azure-openai' ? { 'api-key': apiKey } : { authorization: `Bearer ${apiKey}` };
