import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
} from 'node:http';
import type { DemoPerson } from './people';
import { createProvider, type ProviderOptions } from './createProvider';
import { signInPage } from './signInPage';

const formMaxBytes = 10_000;

async function chosenPerson(request: IncomingMessage, people: DemoPerson[]) {
  let body = '';
  for await (const chunk of request) {
    body += chunk;
    if (body.length > formMaxBytes) throw new Error('The form is too large');
  }
  const id = new URLSearchParams(body).get('person');
  return people.find(person => person.id === id);
}

/** HTTP server of the provider and of its sign-in page. */
export function createServer(options: ProviderOptions): Server {
  const provider = createProvider(options);
  const answer = provider.callback();
  return createHttpServer(async (request, response) => {
    response.setHeader('X-Content-Type-Options', 'nosniff');
    try {
      if (request.url === '/healthz') {
        response.end('ok');
      } else if (!request.url?.startsWith('/interaction/')) {
        await answer(request, response);
      } else if (request.method === 'POST') {
        const person = await chosenPerson(request, options.people);
        const result = person
          ? { login: { accountId: person.id }, consent: {} }
          : {
              error: 'access_denied',
              error_description: 'Person not found',
            };
        await provider.interactionFinished(request, response, result, {
          mergeWithLastSubmission: false,
        });
      } else {
        await provider.interactionDetails(request, response);
        response.setHeader('Content-Type', 'text/html; charset=utf-8');
        response.setHeader(
          'Content-Security-Policy',
          "default-src 'none'; style-src 'unsafe-inline'",
        );
        response.end(signInPage(options.people, request.url));
      }
    } catch (error) {
      response.statusCode = 400;
      response.end(
        `The sign-in failed: ${
          error instanceof Error ? error.message : error
        }. Go back to the portal and sign in again.\n`,
      );
    }
  });
}
