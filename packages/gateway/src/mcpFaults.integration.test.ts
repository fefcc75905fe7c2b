import {
  Client,
  StreamableHTTPClientTransport,
} from '@modelcontextprotocol/client';
import { eventually } from '@bailiwick/backstage-testing';
import { join } from 'node:path';
import { ODataService } from './__testUtils__/ODataService';
import { token } from './__testUtils__/objects';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;

integration('MCP: functions that are slow, endless or wrong', () => {
  let service: ODataService;
  let client: Client;
  const headers = { authorization: `Bearer ${token}` };
  const address = () => new URL('/mcp/desk/prod/feed', service.root);

  beforeAll(async () => {
    service = await ODataService.start(
      join(import.meta.dirname, '__fixtures__/agents'),
    );
    client = new Client({ name: 'test', version: '1' });
    await client.connect(
      new StreamableHTTPClientTransport(address(), {
        requestInit: { headers },
      }),
    );
  }, 120_000);

  afterAll(async () => {
    await client?.close();
    await service?.stop();
  }, 30_000);

  afterEach(() => {
    service.reads.length = 0;
    service.failures.length = 0;
  });

  const call = (name: string, args: Record<string, unknown> = {}) =>
    client.callTool({ name, arguments: args });

  it('returns the first rows of streams that never end, or have none', async () => {
    const [endless, silent] = await Promise.all([
      call('endless'),
      call('silent'),
    ]);
    const { rows } = endless.structuredContent as { rows: unknown[] };
    expect(rows.slice(0, 2)).toEqual([{ number: 0 }, { number: 1 }]);
    expect(endless.structuredContent).toMatchObject({ isTruncated: true });
    // Nothing came yet, which is not the end.
    expect(silent.structuredContent).toMatchObject({
      rows: [],
      total: 0,
      isTruncated: true,
    });
  }, 30_000);

  it('gives failures to the model, and records them as failures', async () => {
    const broken = await call('wrong');
    expect(broken.isError).toBe(true);
    expect(JSON.stringify(broken.content)).toContain("in column 'number'");
    const large = await call('large');
    expect(large.isError).toBe(true);
    expect(JSON.stringify(large.content)).toContain('narrow it');
    const long = await call('many', { count: 'x'.repeat(200_000) });
    expect(long.isError).toBe(true);
    expect(JSON.stringify(long.content).length).toBeLessThan(500);
    await eventually(
      'The reads are recorded',
      () => service.reads.length === 3,
    );
    const statuses = service.reads.map(({ status }) => status);
    const { status } = await service.fetch(
      new URL('/v1/desk/prod/feed/wrong', service.root).href,
    );
    expect(statuses).toEqual([status, 400, 400]);
    await expect(call('absent')).rejects.toThrow('was not found');
    expect(service.failures).toMatchObject([
      { status, fn: 'wrong' },
      { status: 400, fn: 'large' },
      { status: 400, fn: 'many', parameter: 'count' },
      // The request without MCP.
      { status, fn: 'wrong' },
      { status: 404, type: 'not-found' },
    ]);
  });

  it('keeps concurrent calls apart', async () => {
    const counts = [...Array(6).keys()];
    const results = await Promise.all(
      counts.map(count => call('many', { count })),
    );
    expect(
      results.map(
        ({ structuredContent }) =>
          (structuredContent as { total: number }).total,
      ),
    ).toEqual(counts);
  });

  it('records a call whose reader disconnects', async () => {
    const gone = new AbortController();
    const answer = fetch(address(), {
      method: 'POST',
      signal: gone.signal,
      headers: {
        ...headers,
        accept: 'application/json, text/event-stream',
        'content-type': 'application/json',
      },
      body: JSON.stringify({
        jsonrpc: '2.0',
        id: 1,
        method: 'tools/call',
        params: { name: 'slow', arguments: { seconds: 5 } },
      }),
    }).then(response => response.text());
    answer.catch(() => {});
    await eventually('The call has begun', async () => {
      const { structuredContent } = await call('started');
      return (structuredContent as { value: number }).value === 1;
    });
    gone.abort();
    await expect(answer).rejects.toThrow();
    await eventually('The read is recorded', () =>
      service.reads.some(({ isAborted }) => isAborted),
    );
    expect(service.reads.find(({ isAborted }) => isAborted)?.fn).toBe('slow');
  });
});
