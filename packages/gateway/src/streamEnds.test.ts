import type { RequestListener } from 'node:http';
import type { PushLimits } from './push';
import { EventText } from './__testUtils__/EventText';
import { anApp, basic, ticks, token } from './__testUtils__/objects';
import { TestGateway } from './__testUtils__/TestGateway';

const one = 'data: {"symbol":"AAPL"}\n\n';
const two = 'data: {"symbol":"IBM"}\n\n';
const stream = { 'content-type': 'text/event-stream' };

describe('end of a stream', () => {
  const gateway = new TestGateway();
  let address: string;

  async function serve(
    respond: RequestListener,
    streams: Partial<PushLimits> = {},
  ): Promise<void> {
    const served = anApp();
    served.status!.environments![0].contract!.functions.push(ticks);
    await gateway.serve({ respond, served, streams });
    address = await gateway.listen();
  }

  async function read(query = '', headers = {}): Promise<EventText> {
    const accept = 'text/event-stream';
    return new EventText(
      await fetch(`${address}/v1/desk/prod/feed/ticks${query}`, {
        headers: { accept, authorization: basic(token), ...headers },
      }),
    );
  }

  afterEach(() => gateway.stop());

  it('continues after the time limit of the app, and begins again after its failure', async () => {
    await serve((_, response) => {
      response.writeHead(200, stream);
      response.end(
        gateway.app!.calls.length === 1
          ? `${one}event: end\ndata: {"reason":"time-limit"}\n\n`
          : `${two}event: error\ndata: {"type":"function-failed","message":"Oh"}\n\n`,
      );
    });
    const first = await (await read()).rest();
    const [, id] = /^id: (.*)$/m.exec(first)!;
    const second = await (await read('', { 'last-event-id': id })).rest();
    expect(gateway.app!.calls[1].headers['last-event-id']).toBe('1');
    expect(second).not.toContain(one);
    expect(second).toContain(`id: ${id.slice(0, -1)}2\n${two}`);
    expect(second).toContain('event: error\ndata: {"type":"function-failed"');
    const third = await (await read('', { 'last-event-id': id })).rest();
    expect(gateway.app!.calls[2].headers['last-event-id']).toBeUndefined();
    expect(third).toContain(two);
  });

  it('ends the stream of an app that is silent for too long', async () => {
    await serve(
      (_, response) => {
        response.writeHead(200, stream);
        response.write(one);
      },
      { linger: 100, silence: 1_000 },
    );
    const text = await read();
    await text.until(one);
    expect(await text.rest()).toContain(
      'event: error\ndata: {"type":"app-unreachable"',
    );
  });

  it('ends the stream of an app that sends no rows, with a reason', async () => {
    await serve((_, response) => {
      response.writeHead(200, stream);
      response.write(`${one}data: {"price":1}\n\n`);
    });
    const text = await (await read()).rest();
    expect(text).toContain(one);
    expect(text).toContain('event: error\ndata: {"type":"invalid-result"');
    expect(text).not.toContain('"price"');
  });

  it('reports evicted rows to readers that missed them', async () => {
    await serve(
      (_, response) => {
        response.writeHead(200, stream);
        response.write(one + two + one.replace('AAPL', 'MSFT'));
      },
      { linger: 100, bounds: { rows: 2, bytes: 1_000_000 } },
    );
    const text = await read();
    await text.until('MSFT');
    await text.leave();
    const late = await read();
    await late.until('MSFT');
    await late.leave();
    const [, gap] = /event: gap\ndata: (.*)/.exec(await late.rest())!;
    expect(JSON.parse(gap)).toEqual({ reason: 'evicted', first: 1, last: 1 });
  });
});
