import { mockServices } from '@backstage/backend-test-utils';
import { InputError } from '@backstage/errors';
import { requestIds } from '@bailiwick/backstage-kube-controller';
import express from 'express';
import type { AddressInfo, Server } from 'node:net';
import { readJson } from './readJson';
import { identifyRequests, withRequestIds } from './requestIds';

const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
const traceparent = `00-${trace}-00f067aa0ba902b7-01`;

describe('identifyRequests', () => {
  const root = mockServices.logger.mock();
  const child = mockServices.logger.mock();
  root.child.mockReturnValue(child);
  const logger = withRequestIds(root);
  let server: Server;
  let address: string;

  beforeAll(async () => {
    const app = express();
    const [identify, noteFailure] = identifyRequests(logger);
    app.use(identify, readJson);
    app.post('/id', (_request, response) => {
      logger.info('asked');
      response.json({ id: requestIds.getStore() });
    });
    app.get('/broken', () => {
      throw new Error('out of order');
    });
    app.get('/wrong', () => {
      throw new InputError('no such thing');
    });
    app.use(noteFailure);
    app.use(((error, _request, response, _next) => {
      response.status(error instanceof InputError ? 400 : 500).end();
    }) as express.ErrorRequestHandler);
    await new Promise<void>(resolve => {
      server = app.listen(0, '127.0.0.1', resolve);
    });
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise(resolve => server.close(resolve)));
  beforeEach(() => jest.clearAllMocks());

  const post = (headers: { traceparent?: string }) =>
    fetch(`${address}/id`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: '{"some":"body"}',
    });

  it('takes the identifier of the trace, also after the body was read', async () => {
    const response = await post({ traceparent });
    expect(response.headers.get('x-request-id')).toBe(trace);
    expect(await response.json()).toEqual({ id: trace });
    expect(root.child).toHaveBeenCalledWith({ requestId: trace });
    expect(child.info).toHaveBeenCalledWith('asked');
  });

  it('creates identifiers for requests without a valid trace', async () => {
    const ids = await Promise.all(
      [{}, { traceparent: 'nonsense' }].map(async headers => {
        const { id } = await (await post(headers)).json();
        return id;
      }),
    );
    expect(ids).toEqual(Array(2).fill(expect.stringMatching(/^[\da-f]{32}$/)));
    expect(ids[0]).not.toBe(ids[1]);
  });

  it('logs failures of the portal, without the query', async () => {
    await fetch(`${address}/broken?token=secret`, { headers: { traceparent } });
    expect(root.child).toHaveBeenCalledWith({ requestId: trace });
    expect(child.error).toHaveBeenCalledWith(
      'GET /broken returned 500: Error: out of order',
    );
  });

  it('logs no mistakes of clients', async () => {
    expect((await fetch(`${address}/wrong`)).status).toBe(400);
    expect(child.error).not.toHaveBeenCalled();
  });

  it('logs as before outside requests', () => {
    logger.warn('later');
    expect(root.warn).toHaveBeenCalledWith('later');
    expect(root.child).not.toHaveBeenCalled();
  });
});
