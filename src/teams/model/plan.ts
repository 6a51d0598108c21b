import { OpenAIModel, type OpenAIModelOptions } from '@microsoft/teams-ai/lib/models/OpenAIModel.js';
import { ActionPlanner } from '@microsoft/teams-ai/lib/planners/ActionPlanner.js';
import { Prompt } from '@microsoft/teams-ai/lib/prompts/Prompt.js';
import { PromptManager } from '@microsoft/teams-ai/lib/prompts/PromptManager.js';
import type { PromptTemplate } from '@microsoft/teams-ai/lib/prompts/PromptTemplate.js';
import { TextSection } from '@microsoft/teams-ai/lib/prompts/TextSection.js';
import type { TurnState } from '@microsoft/teams-ai/lib/TurnState.js';
import type { PromptResponseValidator } from '@microsoft/teams-ai/lib/validators/PromptResponseValidator.js';
import type { SentenceParts } from '../../language/sentence/sentence-parts.ts';
import { describedActions, readAction } from './actions.ts';
import type { ModelClient } from './model-client.ts';
import { emptyMemory, turnOfNobody } from './no-conversation.ts';
import type { ModelAddress } from './settings.ts';

const PROMPT_NAME = 'read-sentence';

/** Held by the door alone: what Teams AI's client has instead of the key. */
const NO_KEY = 'held-by-the-door';

/** Said, not left out: the client would look into the environment for another. */
const OPENAI = 'https://api.openai.com/v1';

/** The first stable version after tools came to all models; Teams AI's own default does not know tools. */
const AZURE_API_VERSION = '2024-10-21';

/**
 * The parts of a sentence, as the model chose them; null when it chose nothing, more than one action, or one
 * that there is not. Throws `PlanFailedError`. The plan is only read: no action has a handler, so there is nothing that it could run.
 * @param instructions the fixed prompt, see prompt.ts
 */
export async function planFor(
  sentence: string,
  { instructions, model, client }: { instructions: string; model: ModelAddress; client: ModelClient },
): Promise<SentenceParts | null> {
  // Both are plain text sections: a template would look for variables in what people type.
  const sections = [new TextSection(instructions, 'system'), new TextSection(sentence, 'user')];
  const prompts = new PromptManager({ promptsFolder: '' }).addPrompt(template(new Prompt(sections)));
  const planner = new ActionPlanner<TurnState>({
    model: createModel(model, client),
    prompts,
    defaultPrompt: PROMPT_NAME,
    max_repair_attempts: 0,
    logRepairs: false,
  });
  const { status, message } = await planner.completePrompt(
    turnOfNobody(),
    emptyMemory(),
    PROMPT_NAME,
    oneAction,
  );
  if (status !== 'success') throw new PlanFailedError(status);
  return message?.content ?? null;
}

/** The planner could not ask, for a reason that is not the model's: a text that its tokenizer refuses, for one. */
export class PlanFailedError extends Error {
  override readonly name = 'PlanFailedError';
  readonly code = 'plan-failed';

  /** What the planner says in its own error may hold the sentence, and is left out. */
  constructor(status: string) {
    super(`The planner ended with ${status}.`);
  }
}

const template = (prompt: Prompt): PromptTemplate => ({
  name: PROMPT_NAME,
  prompt,
  actions: describedActions(),
  config: {
    schema: 1.1,
    type: 'completion',
    augmentation: { augmentation_type: 'tools' },
    completion: {
      completion_type: 'chat',
      include_history: false,
      include_input: false,
      include_images: false,
      max_input_tokens: 2_000,
      max_tokens: 300,
      temperature: 0,
      top_p: 1,
      presence_penalty: 0,
      frequency_penalty: 0,
    },
  },
});

/** What is not one readable action is no choice; it is never sent back for repair. */
const oneAction: PromptResponseValidator<SentenceParts | null> = {
  validateResponse: async (_context, _memory, _tokenizer, { message }) => {
    const [call, ...more] = message?.action_calls ?? [];
    const chosen = call && more.length === 0 ? readAction(call.function.name, call.function.arguments) : null;
    return { type: 'Validation', valid: true, value: chosen };
  },
};

function createModel(model: ModelAddress, client: ModelClient): OpenAIModel {
  const shared = {
    useSystemMessages: true,
    logRequests: false,
    // Teams AI does not pass a `maxRetries` of its own on; the client would try three times.
    clientOptions: { fetch: clientFetch(client), maxRetries: 0 },
  };
  if (model.kind === 'openai') {
    return new OpenAIModel({
      ...shared,
      apiKey: NO_KEY,
      endpoint: model.baseUrl ?? OPENAI,
      defaultModel: model.model,
    });
  }
  return new OpenAIModel({
    ...shared,
    azureApiKey: NO_KEY,
    azureEndpoint: model.endpoint,
    azureDefaultDeployment: model.deployment,
    azureApiVersion: AZURE_API_VERSION,
  });
}

/** The client's types are those of node-fetch, of whose response it uses what every response has. */
const clientFetch = (client: ModelClient): ClientFetch =>
  ((url, init) => client.fetch(String(url), init?.body)) as (
    ...request: Parameters<ClientFetch>
  ) => Promise<unknown> as ClientFetch;

type ClientFetch = NonNullable<NonNullable<OpenAIModelOptions['clientOptions']>['fetch']>;
