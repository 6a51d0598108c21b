import type { Settings } from './settings.ts';
import { HttpsOrigin, HttpUrl, Text } from './values.ts';

/** The optional language model. `baseUrl` null is OpenAI's own. */
export type ModelConfig =
  | { kind: 'openai'; apiKey: string; baseUrl: string | null; model: string }
  | { kind: 'azure-openai'; apiKey: string; endpoint: string; deployment: string };

const AZURE = ['AZURE_OPENAI_API_KEY', 'AZURE_OPENAI_ENDPOINT', 'AZURE_OPENAI_DEPLOYMENT_NAME'] as const;
const OPENAI = ['OPENAI_API_KEY', 'OPENAI_BASE_URL', 'OPENAI_MODEL'] as const;

/** Reads which model to ask when the grammar does not understand; null: none, which is the default. */
export function readModel(settings: Settings): ModelConfig | null {
  const azure = AZURE.filter((name) => settings.isSet(name));
  const openai = OPENAI.filter((name) => settings.isSet(name));
  if (azure.length > 0 && openai.length > 0) {
    settings.problem(`Remove ${openai.join(', ')} or ${azure.join(', ')}: only one language model is asked.`);
  }
  if (azure.length > 0) {
    return {
      kind: 'azure-openai',
      apiKey: settings.require('AZURE_OPENAI_API_KEY', 'the key of the Azure OpenAI resource', Text, ''),
      endpoint: settings.require('AZURE_OPENAI_ENDPOINT', "the resource's https origin", HttpsOrigin, ''),
      deployment: settings.require('AZURE_OPENAI_DEPLOYMENT_NAME', 'the name of the deployment', Text, ''),
    };
  }
  if (openai.length > 0) {
    return {
      kind: 'openai',
      apiKey: settings.require(
        'OPENAI_API_KEY',
        'the key of the language model, or remove its other settings',
        Text,
        '',
      ),
      baseUrl: settings.read<string | null>('OPENAI_BASE_URL', HttpUrl, null),
      model: settings.readOrDefault('OPENAI_MODEL', Text),
    };
  }
  return null;
}
