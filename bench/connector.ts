import { once } from 'node:events';
import { createServer } from 'node:http';

/** The Bot Framework's connector as far as one answer needs it: it takes activities and tells of messages. */
export type Connector = {
  /** `http://127.0.0.1:<port>/` */
  url: string;
  /** Resolves with the text of the first message that the bot posts. */
  firstMessage: Promise<string>;
  close(): void;
};

/** Starts a connector that accepts everything. */
export async function startConnector(): Promise<Connector> {
  let tell: (text: string) => void = () => undefined;
  const firstMessage = new Promise<string>((resolve) => {
    tell = resolve;
  });
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request.setEncoding('utf8')) text += chunk;
    response.setHeader('content-type', 'application/json').end('{"id":"1"}');
    if (JSON.parse(text || '{}').type === 'message') tell(text);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The connector has no port.');
  return {
    url: `http://127.0.0.1:${address.port}/`,
    firstMessage,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
