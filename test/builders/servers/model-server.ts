import { type LocalService, type ReceivedRequest, type Reply, startLocalService } from './local-service.ts';

/** A chat completion that calls these actions. Arguments that are a text stand as they are. */
export const calling = (...calls: readonly (readonly [action: string, parameters: unknown])[]): Reply => ({
  json: {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1_795_430_000,
    model: 'a-model',
    choices: [
      {
        index: 0,
        finish_reason: 'tool_calls',
        message: {
          role: 'assistant',
          content: null,
          tool_calls: calls.map(([name, parameters], position) => ({
            id: `call_${position}`,
            type: 'function',
            function: {
              name,
              arguments: typeof parameters === 'string' ? parameters : JSON.stringify(parameters),
            },
          })),
        },
      },
    ],
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
  },
});

/** A chat completion that says something and calls nothing. */
export const saying = (content: string): Reply => ({
  json: { choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }] },
});

export type ModelServer = LocalService & {
  /** What it does with the next requests. */
  reply: Reply | ((request: ReceivedRequest) => Reply);
};

/** An OpenAI-compatible server on this machine, which answers as it is told to. */
export async function startModelServer(): Promise<ModelServer> {
  const server: { reply: ModelServer['reply'] } = { reply: saying('') };
  const service = await startLocalService((request) =>
    typeof server.reply === 'function' ? server.reply(request) : server.reply,
  );
  return Object.assign(server, service);
}
