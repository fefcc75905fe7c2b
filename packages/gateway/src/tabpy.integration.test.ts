import { join } from 'node:path';
import { aGrant, basic, token } from './__testUtils__/objects';
import { ODataService } from './__testUtils__/ODataService';
import { runTabpyClient } from './__testUtils__/tabpyClient';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;

integration('TabPy: functions in calculations of Tableau', () => {
  let service: ODataService;

  beforeAll(async () => {
    service = await ODataService.start(
      join(import.meta.dirname, '__fixtures__/tableau'),
    );
  }, 120_000);

  afterAll(() => service?.stop(), 30_000);

  afterEach(() => {
    service.grant = aGrant();
    service.reads.length = 0;
    service.quota = undefined;
  });

  const origin = () => new URL(service.root).origin;
  const send = async (path: string, body?: unknown, secret = token) => {
    const response = await fetch(origin() + path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        authorization: basic(secret),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, text, json: JSON.parse(text) };
  };
  const evaluate = (script: unknown, data: object = {}) =>
    send('/evaluate', { data, script });

  it('serves the client of TabPy', async () => {
    expect(await runTabpyClient(`${origin()}/`, token)).toEqual({
      endpoints: expect.objectContaining({
        scale: 'Multiply each value.',
        spread: expect.stringContaining('Difference'),
      }),
      status: 'LoadSuccessful',
      positional: [10, 25, null],
      named: [3],
      single: 4,
      exact: 9007199254740993,
      refusal: [
        400,
        'scale has no parameter "fcator"; available: "values", "factor"',
      ],
    });
  }, 60_000);

  it('names its features without a token, and offers only functions with a value', async () => {
    const info = await fetch(`${origin()}/info`);
    expect(info.status).toBe(200);
    expect(await info.json()).toMatchObject({
      versions: {
        v1: {
          features: {
            authentication: { required: true, methods: { 'basic-auth': {} } },
          },
        },
      },
    });
    expect(Object.keys((await send('/endpoints')).json)).toEqual([
      'scale',
      'spread',
      'exact',
      'pair',
    ]);
    expect((await send('/endpoints/scale')).json.scale.type).toBe('model');
    expect((await send('/endpoints/numbers')).status).toBe(404);
  });

  it('evaluates the path of a function, with a column for each argument', async () => {
    const values = { _arg1: [1, 2, 3] };
    expect((await evaluate('/scale', values)).json).toEqual([2, 4, 6]);
    expect((await evaluate('/scale?factor=10', values)).json).toEqual([
      10, 20, 30,
    ]);
    const both = { _arg1: [1, 2], _arg2: [3, 3] };
    expect((await evaluate('return /scale', both)).json).toEqual([3, 6]);
    expect((await evaluate('/spread', values)).json).toEqual([2]);
    expect((await evaluate('/exact')).text).toBe('[9007199254740993]');
    expect(service.reads.at(-1)).toMatchObject({
      fn: 'exact',
      format: 'TabPy',
      grant: 'tom-excel',
      status: 200,
    });
  });

  it.each([
    'return _arg1',
    'import os; os.system("id")',
    '/scale\nimport os',
    '/scale; 1',
    '/../other/scale',
    '/scale/../numbers',
    '',
    42,
    undefined,
  ])('executes no script: %j', async script => {
    const { json, status } = await evaluate(script, { _arg1: [1] });
    expect(status).toBe(403);
    expect(json.message).toMatch(/^This server executes no scripts\. Name a/);
    expect(service.reads).toMatchObject([{ fn: '', status: 403 }]);
  });

  it('explains arguments and results that do not fit', async () => {
    const different = await evaluate('/scale', {
      _arg1: [1, 2],
      _arg2: [3, 4],
    });
    expect(different).toMatchObject({
      status: 400,
      json: {
        message:
          'factor takes one value, but 2 rows with different values were sent; aggregate it, or let the function take a list',
        info: { type: 'invalid-parameter' },
      },
    });
    expect(await evaluate('/pair', { _arg1: [1, 2, 3] })).toMatchObject({
      status: 502,
      json: {
        message: expect.stringContaining('returned 2 values for 3 rows'),
      },
    });
    expect(await evaluate('/scale', { _arg3: [1] })).toMatchObject({
      status: 400,
    });
    expect(await evaluate('/numbers')).toMatchObject({
      status: 400,
      json: { message: expect.stringContaining('connect to it with OData') },
    });
    expect(await send('/query/absent', { data: {} })).toMatchObject({
      status: 404,
    });
    expect(await send('/query/scale', { data: 'x' })).toMatchObject({
      status: 400,
    });
    expect(
      await send('/query/scale', { data: { values: ['x'] } }),
    ).toMatchObject({ status: 400 });
  });

  it('applies login, functions, fixed parameters and quota of the token', async () => {
    for (const [path, body] of [
      ['/endpoints', undefined],
      ['/evaluate', { data: {}, script: 'import os' }],
      ['/query/exact', { data: {} }],
    ] as const)
      expect(await send(path, body, 'bwk_wrong')).toMatchObject({
        status: 401,
      });
    service.grant = aGrant({ functions: ['scale'], presets: { factor: 7 } });
    expect(await send('/query/exact', { data: {} })).toMatchObject({
      status: 403,
    });
    expect((await evaluate('/scale', { _arg1: [1] })).json).toEqual([7]);
    expect(await evaluate('/scale?factor=2', { _arg1: [1] })).toMatchObject({
      status: 403,
    });
    service.quota = 1;
    await evaluate('/scale', { _arg1: [1] });
    expect(await evaluate('/scale', { _arg1: [1] })).toMatchObject({
      status: 429,
    });
  });
});
