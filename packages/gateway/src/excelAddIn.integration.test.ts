import { eventually } from '@bailiwick/backstage-testing';
import { join } from 'node:path';
import { bundleAddIn } from './__testUtils__/bundleAddIn';
import { ExcelHost } from './__testUtils__/ExcelHost';
import { ODataService } from './__testUtils__/ODataService';
import { aGrant, basic, token } from './__testUtils__/objects';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;

const place = 'bailiwick:desk/prod/feed';

integration('Excel add-in of a tenant', () => {
  let service: ODataService;
  let excel: ExcelHost;
  const sent: Request[] = [];

  beforeAll(async () => {
    bundleAddIn();
    service = await ODataService.start(
      join(import.meta.dirname, '__fixtures__/excel'),
    );
    service.publicUrl = 'https://feeds.example.com';
    service.root = await service.startReplica();
  }, 120_000);

  afterAll(() => service?.stop(), 30_000);

  /** The gateway behind a proxy with TLS. */
  const load: typeof fetch = (address, init) => {
    const request = new Request(
      String(address).replace(service.publicUrl!, new URL(service.root).origin),
      init,
    );
    sent.push(request);
    return fetch(request);
  };
  const download = (tenant = 'desk', secret = token) =>
    load(`${service.publicUrl}/excel/v1/${tenant}/manifest.xml`, {
      headers: { authorization: basic(secret) },
    });
  async function install(...sets: string[]): Promise<ExcelHost> {
    const manifest = await (await download()).text();
    return ExcelHost.install(manifest, load, sets);
  }

  beforeEach(async () => {
    service.grant = aGrant({ client: 'excel' });
    service.quota = undefined;
    service.used.length = 0;
    excel = await install('ExcelApi 1.16');
    excel.storage.set(place, token);
    sent.length = 0;
  });

  afterEach(() => excel?.close());

  it('registers each function and a live twin, with the help of the docstring', () => {
    expect(excel.namespace).toBe('DESK');
    expect([...excel.functions.keys()]).toEqual(
      expect.arrayContaining([
        'FEED.PARCELS',
        'FEED.PARCELS.LIVE',
        'FEED.POSITIONS.LIVE',
      ]),
    );
    const parcels = excel.functions.get('FEED.PARCELS')!;
    expect(parcels).toMatchObject({
      description: 'Parcels of a region.',
      options: { cancelable: true },
      result: { dimensionality: 'matrix' },
    });
    expect(parcels.parameters).toMatchObject([
      { name: 'region', type: 'string', description: 'Region of the sender.' },
      { name: 'since', type: 'any', optional: true },
      {
        name: 'level',
        type: 'number',
        description: 'How many parcels. Default: 1.',
      },
      { name: 'is_open', type: 'boolean' },
    ]);
    expect(excel.functions.get('FEED.PARCELS.LIVE')).toMatchObject({
      options: { stream: true },
      parameters: expect.arrayContaining([
        expect.objectContaining({ name: 'refresh_seconds', optional: true }),
      ]),
    });
  });

  it('spills a table with its columns, and with numbers, dates and texts as Excel has them', async () => {
    const [names, first, second] = (await excel.calculate(
      'FEED.PARCELS',
      'north',
      null,
      2,
    )) as unknown[][];
    expect(names).toEqual([
      'number',
      'region',
      'weight',
      'value',
      'day',
      'sent',
      'hour',
      'lasts',
      'is_open',
      'note',
      'parts',
    ]);
    const formatted = (basicValue: number, numberFormat: string) => ({
      type: 'Double',
      basicValue,
      numberFormat,
    });
    expect(first).toEqual([
      1,
      'north',
      formatted(1.5, '0.00'),
      formatted(10.5, '#,##0.00'),
      formatted(46_023, 'yyyy-mm-dd'),
      formatted(46_053.5, 'yyyy-mm-dd hh:mm:ss'),
      formatted(0.5, 'hh:mm:ss'),
      formatted(1.5, '[h]:mm:ss'),
      true,
      '',
      '[1,2]',
    ]);
    // No digit is lost, and no text is a formula.
    expect(second.slice(0, 4)).toEqual([
      '9007199254740993',
      'north',
      formatted(3, '0.00'),
      '12345678901234567890.12',
    ]);
    expect(second[9]).toBe('=1+1');
  });

  it('has plain numbers in versions of Excel without formatted values', async () => {
    const old = await install();
    old.storage.set(place, token);
    const [, first] = (await old.calculate(
      'FEED.PARCELS',
      'south',
    )) as unknown[][];
    expect(first.slice(2, 6)).toEqual([1.5, 10.5, 46_023, 46_053.5]);
    old.close();
  });

  it('passes dates, truth values, ranges and omitted arguments', async () => {
    const dayOf = async (since: unknown) =>
      ((await excel.calculate('FEED.PARCELS', 'north', since)) as any)[1][4]
        .basicValue;
    expect(await dayOf(46_024)).toBe(46_024);
    expect(await dayOf('2026-01-02')).toBe(46_024);
    expect(
      await dayOf({ type: 'Double', basicValue: 46_024, numberFormat: 'd' }),
    ).toBe(46_024);
    expect(
      await excel.calculate('FEED.PARCELS', 'north', null, null, false),
    ).toHaveLength(1);
    expect(
      await excel.calculate('FEED.NAMES', [['Ann'], [''], ['Bo & Co, Ltd']], 2),
    ).toHaveLength(1 + 2 * 3);
    expect(
      await excel.calculate('FEED.MEAN', [
        [1, 2],
        [3, 6],
      ]),
    ).toBe(3);
    expect(await excel.calculate('FEED.MEAN', 4)).toBe(4);
    expect(await excel.calculate('FEED.DAYS')).toEqual([
      [expect.objectContaining({ basicValue: 46_053 })],
      ['1800-01-01'],
    ]);
  });

  it('shows the message of the gateway beside an error', async () => {
    const message = expect.stringContaining;
    for (const [given, expected] of [
      [
        ['FEED.PARCELS', 'west'],
        { error: '#VALUE!', message: message('one of north, south') },
      ],
      [
        ['FEED.NAMES', 'nobody'],
        { error: '#VALUE!', message: message('nobody is no name') },
      ],
      [['FEED.BROKEN'], { error: '#N/A', message: message('broken') }],
      [['FEED.TEXT', 40_000], { error: '#VALUE!', message: message('32767') }],
    ] as const) {
      const [id, ...args] = given;
      expect([id, await excel.calculate(id, ...args)]).toEqual([id, expected]);
    }
    expect(JSON.stringify(await excel.calculate('FEED.BROKEN'))).not.toContain(
      'secret detail',
    );
    service.quota = 0;
    expect(await excel.calculate('FEED.CALLS')).toEqual({
      error: '#N/A',
      message: expect.stringMatching(/retry after \d+ s/),
    });
  });

  it('needs a token, sends it to the gateway only, and a refused one only once', async () => {
    excel.storage.clear();
    expect(await excel.calculate('FEED.CALLS')).toEqual({
      error: '#N/A',
      message: expect.stringContaining('enter a token for feed in prod'),
    });
    expect(sent).toEqual([]);
    excel.storage.set(place, 'bwk_wrong');
    const results = [];
    for (let count = 0; count < 3; count += 1)
      results.push(await excel.calculate('FEED.CALLS'));
    expect(new Set(results.map(one => JSON.stringify(one))).size).toBe(1);
    expect(results[0]).toMatchObject({
      error: '#N/A',
      message: expect.stringContaining("doesn't exist"),
    });
    expect(sent).toHaveLength(1);
    expect(sent[0].credentials).toBe('omit');
    expect(sent[0].url).not.toContain('bwk_wrong');
  });

  it('saves the token that the task pane gets if the gateway accepts it', async () => {
    excel.storage.clear();
    const form = excel.page.querySelector('form')!;
    const status = form.querySelector('[role=status]')!;
    const enter = async (secret: string, shown: RegExp) => {
      form.querySelector('input')!.value = secret;
      form.querySelector('button')!.click();
      await eventually('The pane shows the result', () =>
        shown.test(status.textContent ?? ''),
      );
    };
    await enter('bwk_wrong', /doesn't exist/);
    expect(excel.storage.size).toBe(0);
    await enter(token, /is saved/);
    expect(Object.fromEntries(excel.storage)).toEqual({ [place]: token });
    expect(excel.recalculations).toBe(1);
    await enter('', /was removed/);
    expect(excel.storage.size).toBe(0);
    expect(excel.page.querySelector('dl')!.textContent).toContain(
      '=DESK.FEED.PARCELS(region, [since], [level], [is_open])',
    );
  });

  it('reads once for equal formulas, and stops when all of them are deleted', async () => {
    const [one, other] = await Promise.all([
      excel.calculate('FEED.CALLS'),
      excel.calculate('FEED.CALLS'),
    ]);
    expect(one).toBe(other);
    expect(sent).toHaveLength(1);
    const first = excel.start('FEED.SLOW');
    const second = excel.start('FEED.SLOW');
    first.cancel();
    expect(await second.result).toBe((one as number) + 1);
    const third = excel.start('FEED.SLOW');
    third.cancel();
    await third.result;
    expect(sent.at(-1)!.signal.aborted).toBe(true);
  });

  it('updates a live table when its rows change, without an end', async () => {
    const cell = excel.follow('FEED.CALLS.LIVE', 5);
    const same = excel.follow('FEED.CALLS.LIVE', 1);
    await eventually('Two results', () => cell.results.length > 1);
    expect(same.results).toEqual(cell.results);
    expect(cell.results[1]).toBe((cell.results[0] as number) + 1);
    cell.cancel();
    same.cancel();
    const count = sent.length;
    const steady = excel.follow('FEED.MEAN.LIVE', [[1]], 5);
    await eventually('Three reads', () => sent.length > count + 2);
    expect(steady.results).toEqual([1]);
    steady.cancel();
  }, 60_000);

  it('follows a stream: the newest row of each key, and the newest rows without one', async () => {
    const positions = excel.follow('FEED.POSITIONS.LIVE');
    await eventually('The last rows', () =>
      JSON.stringify(positions.results.at(-1))?.includes('5'),
    );
    expect(positions.results.at(-1)).toEqual([
      ['vehicle', 'kilometres'],
      ['a', 4],
      ['b', 5],
    ]);
    const endless = excel.follow('FEED.ENDLESS.LIVE');
    const twin = excel.follow('FEED.ENDLESS.LIVE');
    await eventually('Several updates', () => endless.results.length > 2);
    expect((endless.results.at(-1) as unknown[]).slice(0, 3)).toEqual([
      ['name'],
      ['0'],
      ['1'],
    ]);
    expect(twin.results.length).toBeGreaterThan(1);
    const streams = sent.filter(({ url }) => url.includes('/endless'));
    expect(streams).toHaveLength(1);
    for (const cell of [positions, endless, twin]) cell.cancel();
    expect(streams[0].signal.aborted).toBe(true);
  }, 30_000);

  it('shows why a stream was interrupted, and resumes it', async () => {
    const cell = excel.follow('FEED.ENDLESS.LIVE');
    await eventually('Rows', () => cell.results.length > 0);
    service.grant = aGrant({ client: 'excel', presets: {} });
    await eventually('An error', () =>
      JSON.stringify(cell.results.at(-1)).includes('reconnect'),
    );
    const count = cell.results.length;
    await eventually('More rows', () => cell.results.length > count);
    expect(cell.results.at(-1)).toEqual(expect.arrayContaining([['name']]));
    const [, resumed] = sent.filter(({ url }) => url.includes('/endless'));
    expect(resumed.headers.get('last-event-id')).toMatch(/^\w+-[1-9]\d*$/);
    cell.cancel();
  }, 30_000);

  it('recovers a live formula when a token is entered', async () => {
    excel.storage.clear();
    const cell = excel.follow('FEED.CALLS.LIVE');
    await eventually('An error', () => cell.results.length > 0);
    expect(cell.results[0]).toMatchObject({ error: '#N/A' });
    const form = excel.page.querySelector('form')!;
    form.querySelector('input')!.value = token;
    form.querySelector('button')!.click();
    await eventually('A value', () => typeof cell.results.at(-1) === 'number');
    cell.cancel();
  });

  it('has no functions that the token does not open, and no parameters that it fixes', async () => {
    service.grant = aGrant({
      functions: ['mean', 'names'],
      presets: { count: 2 },
    });
    const narrow = await install();
    narrow.storage.set(place, token);
    expect([...narrow.functions.keys()]).toEqual([
      'FEED.NAMES',
      'FEED.NAMES.LIVE',
      'FEED.MEAN',
      'FEED.MEAN.LIVE',
    ]);
    expect(await narrow.calculate('FEED.NAMES', 'Ann')).toHaveLength(3);
    narrow.close();
  });
});
