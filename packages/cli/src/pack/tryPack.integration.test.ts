import {
  domainPackKind,
  type DomainPack,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  startTestCluster,
  type TestCluster,
} from '@bailiwick/backstage-testing';
import {
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runPack as run } from '../__testUtils__/runPack';
import { repositoryRoot } from '../installation/layout';
import { tryPack } from './tryPack';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
// Beside the end-to-end tests, programs get a tenth of a processor.
jest.setTimeout(900_000);

integration('the contract tests of a pack', () => {
  let created: string;
  let folder: string;
  const at = (path: string) => join(folder, path);
  const read = (path: string) => readFileSync(at(path), 'utf8');
  const change = (path: string, from: string | RegExp, to: string) => {
    const before = read(path);
    const after = before.replace(from, () => to);
    expect(after).not.toBe(before);
    writeFileSync(at(path), after);
  };
  const counts = () => JSON.parse(read('plants/tested.json')).archetypes;
  const form = 'plants/archetypes/overview/archetype.yaml';
  const template = 'plants/archetypes/overview/template';
  const code = `${template}/functions.py.njk`;
  const readme = `${template}/README.md.njk`;

  /** `pack test plants`, without another process. */
  const test = async () => {
    let stdout = '';
    const onText = (text: string) => {
      stdout += text;
    };
    return { status: await tryPack(at('plants'), { onText }), stdout };
  };

  beforeAll(() => {
    created = mkdtempSync(join(tmpdir(), 'created-'));
    run('init', join(created, 'plants'));
  });
  afterAll(() => rmSync(created, { recursive: true }));
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tested-'));
    cpSync(created, folder, { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('hold for the complete pack of the guide', () => {
    const freight = 'packages/domain-pack/examples/freight';
    cpSync(join(repositoryRoot, freight), at('freight'), { recursive: true });
    const { status, stdout } = run('test', at('freight'));
    expect(stdout).toMatch(/✔ container-moves: health checks pass\n/);
    expect(stdout).toMatch(
      /✔ container-moves: action count_arrivals succeeds\n/,
    );
    // The port of Bremerhaven alone: New York and Singapore come with their countries.
    expect(stdout).toMatch(
      /✔ container-moves \(origin DEBRV\): functions succeed\n✔ container-moves: form choices tested: 9 of 9\n {4}2 sets of answers from the tests and 3 generated; the code ran for 3 of these\n/,
    );
    expect(stdout).toMatch(/\n\d+ passed, 0 failed\n$/);
    expect(status).toBe(0);
  });

  it('report rendered code that differs from the golden files', async () => {
    const kept = run('test', at('plants'), '--update');
    expect(kept.stdout).toMatch(
      /✔ overview: rendered code matches the golden files\n[^]*overview\/golden\/functions\.py\.patch\n\d+ passed, 0 failed\n$/,
    );
    const before = counts();
    change(readme, 'Created from', 'Created with');
    const { status, stdout } = await test();
    expect(stdout).toMatch(
      /✘ overview: rendered code matches[^]*\n {4}\+\+Created with [^]*run "bailiwick pack test --update"/,
    );
    expect(status).toBe(1);
    // How code was rendered does not affect the result.
    expect(counts()).toEqual(before);
  });

  it('check the upgrade of apps of an older version, from its folder or a layout', () => {
    cpSync(at('plants'), at('older/plants'), { recursive: true });
    const built = run('build', at('older/plants'), '--output', at('layout'));
    change(code, /\bleast\b/g, 'fewest');
    change('plants/pack.yaml', 'version: 0.1.0', 'version: 0.1.1');
    const refused = run(
      'test',
      at('plants'),
      '--previous',
      `${at('layout')}@${built.stdout.trim()}`,
    );
    expect(refused.stdout).toMatch(
      /✔ overview: form accepts the answers of 0\.1\.0\n/,
    );
    expect(refused.stdout).toMatch(
      /✘ overview: upgrade from 0\.1\.0 keeps the contract[^]*things no longer accepts least\n {4}Changed files: .*functions\.py/,
    );
    change('plants/pack.yaml', 'version: 0.1.1', 'version: 0.2.0');
    const told = run('test', at('plants'), '--previous', at('older/plants'));
    expect(told.stdout).toMatch(
      /✔ overview: upgrade from 0\.1\.0 breaks consumers[^\n]*, as allowed by version 0\.2\.0\n {4}things no longer accepts least/,
    );
    expect(JSON.parse(read('plants/tested.json')).previous).toBe('0.1.0');
  });

  it('report the choice of the form with which code fails, and stop after several failures', async () => {
    const herbs = ['mint', 'sage', 'dill', 'mace', 'rue', 'bay', 'fig'];
    change(
      'plants/data/stock.csv',
      'apple,fruit,12\n',
      `apple,fruit,12\n${herbs
        .flatMap(one => [1, 2, 3].map(n => `${one}-${n},${one},3\n`))
        .join('')}`,
    );
    change(
      code,
      '    stock = ',
      '    {"fruit": 1, "vegetable": 2}[KIND]\n    stock = ',
    );
    const { status, stdout } = await test();
    expect(stdout).toMatch(
      /✘ overview \(kind bay\): functions succeed\n {4}archetypes\/overview\/template\/functions\.py\.njk:31: things failed: KeyError: 'bay'\n/,
    );
    expect(stdout).toMatch(
      /form choices tested: 9 of 9\n[^\n]*\n {4}The code of 3 sets was only rendered because 4 failed\n/,
    );
    expect(status).toBe(1);
  });

  it('stop at code that cannot be loaded, and report the reason once', async () => {
    change(code, 'return chosen', 'retrn chosen');
    change(
      'plants/data/stock.csv',
      'apple,fruit,12\n',
      'apple,fruit,12\nmint,herb,3\n',
    );
    const { status, stdout } = await test();
    expect(stdout.match(/SyntaxError/g)).toHaveLength(1);
    expect(stdout).toMatch(
      /✘ overview \(kind herb\): functions succeed\n {4}Same failure as with earlier answers\n/,
    );
    expect(stdout).not.toMatch(/"level"|was not ready/);
    expect(status).toBe(1);
  });

  // What an author reads of mistakes that only running the code can show: file, line and remedy.
  it.each<
    [
      string,
      changes: [file: string, from: string, to: string][],
      ...words: RegExp[],
    ]
  >([
    [
      'a column that the data does not have',
      [[code, 'stock["amount"] >=', 'stock["amont"] >=']],
      /✘ overview: all fruit, most of it first\n {4}archetypes\/overview\/template\/functions\.py\.njk:32: things failed: KeyError: 'amont'\n.*\n {4}Correct the code there\./,
      /✘ overview: Python tests pass\n[^✘]* File "archetypes\/overview\/template\/functions\.py\.njk", line 32, in things\n/,
    ],
    [
      'a syntax error',
      [[code, 'return chosen', 'retrn chosen']],
      /✘ overview: functions load\n {4}archetypes\/overview\/template\/functions\.py\.njk:33: .*SyntaxError.*\n {4}Correct the code there/,
    ],
    [
      'a type that does not fit, and a row without a column of the contract',
      [
        [code, 'KIND = ', 'LEAST: int = "one"\nKIND = '],
        [code, '[["item", "amount"]]', '[["item"]]'],
      ],
      /✘ overview: types check\n {4}archetypes\/overview\/template\/functions\.py\.njk:15: error: [^]*Correct the types/,
      /✘ overview: all fruit, most of it first\n {4}archetypes\/overview\/template\/functions\.py\.njk:26: contract-broken, .*'amount'.*\. Correct the function\./,
    ],
    [
      'a failure with parameters that are allowed',
      [
        [
          code,
          '    stock = ',
          '    if least not in (0, 10):\n        raise KeyError(least)\n    stock = ',
        ],
      ],
      /✘ overview: things accepts the values that its parameters allow\n {4}Called as things\(\{"least":[\d.]+\}\):\n {4}archetypes\/overview\/template\/functions\.py\.njk:32: things failed: KeyError: [\d.]+\n/,
    ],
    [
      'an end of the app',
      [
        [
          code,
          '    stock = ',
          '    if least not in (0, 10):\n        print("Out of stock"); __import__("os")._exit(4)\n    stock = ',
        ],
      ],
      /✘ overview: things accepts the values[^]*functions\.py\.njk:25: no-answer, The app exited[^]*Out of stock[^]*\n\d+ passed, \d+ failed\n/,
    ],
    [
      'a data set that the archetype does not list',
      [[form, 'datasets: [stock]', 'datasets: []']],
      /✘ overview: all fruit, most of it first\n {4}archetypes\/overview\/template\/functions\.py\.njk:31: things failed: FileNotFoundError: [^\n]*'data\/stock\.csv'\n[^✘]* {4}data\/stock\.csv is the data set "stock", which the archetype does not list\. Add stock to datasets: archetypes\/overview\/archetype\.yaml:\d+\.\n/,
      /✘ overview: Python tests pass\n[^✘]* Add stock to datasets: archetypes/,
    ],
    [
      'checks that raise or fail, with the remedy of their own or a general one',
      [
        [
          code,
          'from bailiwick import ',
          'from bailiwick import check\n\n\n@check\ndef stock_is_there() -> str | None:\n    """The stock is there."""\n    raise KeyError("stock")\n\n\n@check(remedy="Order what is missing.")\ndef stock_is_full() -> str | None:\n    """The stock is full."""\n    return "Nothing is there."\n\n\n@check\ndef stock_is_new() -> str | None:\n    """The stock is new."""\n    return "All of it is old."\n\n\nfrom bailiwick import ',
        ],
      ],
      /✘ overview: health checks pass\n[^✘]* {4}archetypes\/overview\/template\/functions\.py\.njk:\d+: stock_is_there failed: KeyError: 'stock'\n {8}raise KeyError\("stock"\)\n {4}Correct the code there\./,
      /✘ overview: health checks pass\n[^✘]* {4}archetypes\/overview\/template\/functions\.py\.njk:\d+: stock_is_full failed: Nothing is there\. Order what is missing\.\n/,
      /stock_is_new failed: All of it is old\. Correct the data or the check\.\n/,
    ],
    [
      'rows with the same key',
      [
        [
          code,
          'chosen.sort_values("amount", ascending=False)[["item", "amount"]]',
          'pd.concat([chosen, chosen.head(1)])[["item", "amount"]]',
        ],
      ],
      /✘ overview: all fruit, most of it first\n[^✘]* {4}archetypes\/overview\/template\/functions\.py\.njk:25: contract-broken, things returned the rows 0 and \d+ with the same key: item \w+; return one row per key, or add columns to the key\. Correct the function\.\n/,
      /✘ overview: things accepts the values that its parameters allow\n {4}Called as things\(\{"least":[\d.]+\}\):\n[^\n]*:25: contract-broken, things returned the rows 0 and/,
    ],
    [
      'a contract and a test that the code does not keep',
      [
        [form, 'key: [item]', 'key: [item, amount]'],
        [
          form,
          '- { name: amount, type: Amount }',
          '- { name: amount, type: Amount }\n          - { name: amuont, type: Amount }',
        ],
        [form, 'expect: { rows: 3,', 'expect: { rows: 2,'],
      ],
      /✘ overview: contract matches archetype.yaml\n[^✘]* {4}archetypes\/overview\/archetype\.yaml:36: things has no column amuont; the code has amount\. Change the code or the contract\./,
      /✘ overview: contract matches archetype.yaml\n[^✘]* {4}archetypes\/overview\/archetype\.yaml:32: things has the key item, and item, amount is promised\. Change the code or the contract\./,
      /✘ overview: all fruit, most of it first\n {4}archetypes\/overview\/archetype\.yaml:47: The row count is 3; expected 2\. Correct the code or the expectation\./,
    ],
  ])('name file, line and remedy of %s', async (_, changes, ...words) => {
    // Without the second choice of the form, the code runs once.
    change('plants/data/stock.csv', /\n\w+,vegetable,\d+/g, '');
    change(form, / {2}- name: vegetables[^]*?(?= {2}- name: no)/, '');
    for (const [file, from, to] of changes) change(file, from, to);
    const { status, stdout } = await test();
    for (const one of words) expect(stdout).toMatch(one);
    expect(stdout).not.toMatch(/app-\w{6}|site-packages|"functions\.py"/);
    expect(status).toBe(1);
  });

  it.each([
    ['a loop', 'def things(', '    while True:\n        least += 1\n', 10],
    [
      'a blocked event loop',
      'async def things(',
      '    import time\n    time.sleep(600)\n',
      15,
    ],
  ])(
    'call a function that does not return once, and go on: %s',
    async (_, definition, body, seconds) => {
      change('plants/pack.yaml', 'seconds: 30', 'seconds: 10');
      change(
        code,
        'chosen.sort_values("amount", ascending=False)[["item", "amount"]]',
        'chosen\n\n\ndef total() -> int:\n    """The stock in all."""\n    return 1 // 0',
      );
      change(code, '    stock = ', `${body}    stock = `);
      writeFileSync(at(code), read(code).replace('def things(', definition));
      change(
        'plants/data/stock.csv',
        'apple,fruit,12\n',
        'apple,fruit,12\nmint,herb,3\nrye,grain,3\n',
      );
      const { status, stdout } = await test();
      expect(stdout.match(/did not return within/g)).toHaveLength(1);
      expect(stdout).toMatch(
        new RegExp(
          `✘ overview: all fruit, most of it first\\n {4}archetypes/overview/template/functions\\.py\\.njk:\\d+: things did not return within ${seconds} s\\. `,
        ),
      );
      expect(stdout).toMatch(
        /✘ overview: Python tests pass\n {4}Not run: things exceeded the time limit\.\n/,
      );
      expect(stdout).toMatch(
        /✘ overview \(kind \w+\): functions succeed\n {4}things exceeded its time limit earlier and was not called again\.\n[^✘]*total failed: ZeroDivisionError/,
      );
      expect(status).toBe(1);
    },
    900_000,
  );

  it('allow rows with the same key for messages, of which the last one counts', async () => {
    change(
      'plants/pack.yaml',
      '  datasets:\n',
      `  connections: [{ name: broker, title: Broker, kind: mqtt }]
  datasets:
    - { name: messages, file: data/messages.jsonl, key: [], licence: 'CC0-1.0, made up' }
`,
    );
    const message = '{"topic":"a","payload":1,"at":"2026-01-01T06:00:00Z"}\n';
    writeFileSync(at('plants/data/messages.jsonl'), message);
    change(form, 'datasets: [stock]', 'datasets: [stock, messages]');
    change(
      form,
      'shape: function',
      "shape: mqtt\nconnections: [broker]\nconsume: { function: things, connection: broker, topics: ['a'] }",
    );
    change(form, 'rows: 3,', 'rows: 4,');
    change(code, 'import Column, Key,', 'import Column, Key, Message,');
    change(code, 'least: Amount = 0', 'messages: list[Message]');
    change(code, ' & (stock["amount"] >= least)', '');
    change(
      code,
      'chosen.sort_values("amount", ascending=False)[["item", "amount"]]',
      'pd.concat([chosen.tail(1), chosen])[["item", "amount"]]',
    );
    const { stdout } = await test();
    expect(stdout).toMatch(/✔ overview: all fruit, most of it first\n/);
    expect(stdout).not.toMatch(/with the key/);
  });

  describe('on a real API server', () => {
    let cluster: TestCluster;
    beforeAll(async () => {
      cluster = await startTestCluster({ chartFolders: ['crds'] });
    }, 900_000);
    afterAll(() => cluster?.stop(), 900_000);

    it('go with the pack, until its files are others', async () => {
      const apply = async (...args: string[]) => {
        const { stderr } = run(
          'apply',
          at('plants'),
          '--kubeconfig',
          cluster.kubeconfig,
          ...args,
        );
        const { metadata } = await cluster.client
          .resource<DomainPack>(domainPackKind)
          .get('plants');
        return {
          stderr,
          tested: metadata.annotations?.['bailiwick.dev/tested'],
        };
      };
      const { stdout } = await test();
      expect(stdout).toMatch(/has no golden files.*--update\n/);
      const { stderr, tested } = await apply();
      expect(stderr).toBe('Installed pack plants 0.1.0.\n');
      expect(JSON.parse(tested!)).toEqual(
        JSON.parse(read('plants/tested.json')),
      );
      change(form, 'title: ', 'title: All ');
      const changed = await apply('--force');
      expect(changed.stderr).toMatch(
        /^The pack has changed since its last test/,
      );
      expect(changed.tested).toBeUndefined();
    });
  });
});
