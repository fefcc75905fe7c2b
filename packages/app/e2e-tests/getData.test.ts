import {
  expect,
  test,
  type APIRequestContext,
  type Page,
} from '@playwright/test';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readSheet } from 'read-excel-file/node';
import { expectAccessible } from './accessibility';
import { signIn } from './people';
import { revokeNewest } from './tokens';

const run = promisify(execFile);
const path = '/catalog/rates-desk/component/month-end-prices/get-data';
const agents = {
  powerQuery: 'Microsoft.Data.Mashup (https://go.microsoft.com/fwlink/)',
  sheets: 'Mozilla/5.0 (compatible; Google-Apps-Script)',
  tableau: 'Tableau/2026.1',
  qlik: 'Qlik REST Connector',
  r: 'httr2/1.2 r-curl/7.0',
};

/** What a tool does with what the page offers for it. */
interface Reader {
  folder: string;
  request: APIRequestContext;
  token: string;
  tom: Page;
}

/** A tool, what it is called when it has read, and how it reads the rows of `prices`. */
type ToolReads = [
  tile: string,
  reader: string,
  read: (reader: Reader) => Promise<unknown[]>,
];

/** Text that a step offers to copy. */
const offered = (tom: Page, label: string) =>
  tom
    .getByRole('list', { name: /^Steps in / })
    .getByRole('listitem')
    .filter({ has: tom.getByRole('button', { name: `Copy ${label}` }) })
    .locator('code')
    .innerText();

/** Saves the file of a step, and returns its content. */
async function saved(tom: Page): Promise<string> {
  const [file] = await Promise.all([
    tom.waitForEvent('download'),
    tom.getByRole('button', { name: 'Save the connection' }).click(),
  ]);
  return readFileSync(await file.path(), 'utf8');
}

function basic(user: string, token: string): string {
  return `Basic ${Buffer.from(`${user}:${token}`).toString('base64')}`;
}

async function rowsAt(
  request: APIRequestContext,
  address: string,
  headers: Record<string, string>,
): Promise<unknown[]> {
  const response = await request.get(address, { headers });
  expect([address, response.status()]).toEqual([address, 200]);
  const { rows, value } = await response.json();
  return rows ?? value;
}

/** Reads the table as Power Query does, with an empty user name. */
const powerQuery = (
  { request, token }: Reader,
  table: string,
): Promise<unknown[]> =>
  rowsAt(request, table, {
    authorization: basic('', token),
    'user-agent': agents.powerQuery,
  });

/** Reads an address of the page in a tool that accepts no empty user name. */
const withUserName =
  (label: string, agent: string): ToolReads[2] =>
  async ({ request, token, tom }) =>
    rowsAt(request, await offered(tom, label), {
      authorization: basic('tom', token),
      'user-agent': agent,
    });

/** Lines of a CSV file below its header. */
const linesOf = (text: string) => text.trim().split(/\r?\n/).slice(1);

/** The tools with the requests that their documentation describes; those that can run here run. */
const tools: ToolReads[] = [
  [
    'Excel',
    'Excel',
    async reader => {
      const connection = await saved(reader.tom);
      expect(connection).toContain('<odc:PowerQueryMashupData>');
      const service = await offered(reader.tom, 'the OData address');
      return powerQuery(reader, `${service}prices`);
    },
  ],
  [
    'Power BI',
    'Power BI',
    async reader => {
      const { connections } = JSON.parse(await saved(reader.tom));
      const [{ details }] = connections;
      expect(details.protocol).toBe('odata');
      return powerQuery(reader, `${details.address.url}prices`);
    },
  ],
  [
    'Tableau',
    'Tableau',
    withUserName('the address of the table', agents.tableau),
  ],
  ['Qlik', 'Qlik', withUserName('the address of the rows', agents.qlik)],
  [
    'Google Sheets',
    'Google Sheets',
    async ({ request, token, tom }) => {
      const script = await offered(tom, 'the script');
      const [, address] = /"address": ("[^"]*")/.exec(script)!;
      return rowsAt(request, JSON.parse(address), {
        authorization: `Bearer ${token}`,
        'user-agent': agents.sheets,
      });
    },
  ],
  [
    'Python',
    'Python',
    async ({ tom }) => {
      const program = await offered(tom, 'the program');
      const { stdout } = await run(process.env.BAILIWICK_PYTHON ?? 'python3', [
        ...['-c', `${program}\nprint(prices.to_json(orient="records"))`],
      ]);
      return JSON.parse(stdout);
    },
  ],
  [
    'R',
    'R',
    async ({ request, token, tom }) => {
      const program = await offered(tom, 'the program');
      expect(program).toContain(`req_auth_bearer_token("${token}")`);
      const [, address] = /request\("([^"]*)"\)/.exec(program)!;
      const response = await request.get(address, {
        headers: { authorization: `Bearer ${token}`, 'user-agent': agents.r },
      });
      return linesOf(await response.text());
    },
  ],
  [
    'Agents',
    'Assistant',
    async ({ request, tom }) => {
      const { mcpServers } = JSON.parse(
        await offered(tom, 'the configuration'),
      );
      const { headers, url } = mcpServers['month-end-prices'];
      const response = await request.post(url, {
        headers: {
          ...headers,
          accept: 'application/json, text/event-stream',
          'user-agent': 'Assistant/1.0',
        },
        data: {
          jsonrpc: '2.0',
          id: 1,
          method: 'tools/call',
          params: { name: 'prices', arguments: {} },
        },
      });
      const [, answer] = /^data: (.*)$/m.exec(await response.text())!;
      return JSON.parse(answer).result.structuredContent.rows;
    },
  ],
  [
    'Command line',
    'curl',
    async ({ folder, tom }) => {
      await run('sh', ['-c', await offered(tom, 'the command')], {
        cwd: folder,
      });
      return linesOf(readFileSync(join(folder, 'prices.csv'), 'utf8'));
    },
  ],
];

test.describe('a consumer gets data in each tool', () => {
  test.describe.configure({ mode: 'serial' });
  let tom: Page;
  let folder: string;
  const created = new Set<string>();

  test.beforeAll(async ({ browser }) => {
    folder = mkdtempSync(join(tmpdir(), 'get-data-'));
    tom = await signIn(browser, 'Tom');
    await tom.goto(path);
  });

  test.afterAll(() => rmSync(folder, { recursive: true }));

  async function readIn(
    [tile, reader, read]: ToolReads,
    request: APIRequestContext,
  ) {
    await tom
      .getByRole('group', { name: 'Tools' })
      .getByRole('button', { name: tile, exact: true })
      .click();
    const create = tom.getByRole('button', {
      name: 'Create token',
      exact: true,
    });
    // Programs share a token.
    if (await create.isVisible()) {
      await create.click();
      await expect(tom.getByText('Waiting for the first read…')).toBeVisible();
    }
    const token = await tom.getByText(/^bwk_/).innerText();
    created.add(token);
    const rows = await read({ folder, request, token, tom });
    expect(rows.length).toBeGreaterThan(0);
    await expect(
      tom.getByText(
        `${reader} read prices: ${rows.length} rows in the last response.`,
      ),
    ).toBeVisible();
    await expectAccessible(tom);
  }

  for (const tool of tools)
    test(`${tool[0]}: the steps lead to the rows, and the page shows the first read`, ({
      request,
    }) => readIn(tool, request));

  test('a workbook needs no token', async () => {
    await tom.getByRole('button', { name: 'Excel', exact: true }).click();
    const [file] = await Promise.all([
      tom.waitForEvent('download'),
      tom.getByRole('button', { name: 'Download the workbook' }).click(),
    ]);
    const sheet = await readSheet(await file.path());
    expect(sheet[0]).toContain('volatility');
  });

  test('the page says what the gateway saw when a read fails', async ({
    request,
  }) => {
    const token = await tom.getByText(/^bwk_/).innerText();
    const service = await offered(tom, 'the OData address');
    const response = await request.get(`${service}prices?symbols=NONE`, {
      headers: {
        authorization: basic('', token),
        'user-agent': agents.powerQuery,
      },
    });
    expect(response.status()).toBe(400);
    await expect(
      tom.getByText(/^Excel got an error: status 400 \(prices/),
    ).toBeVisible();
  });

  test('the tokens can be revoked', async () => {
    // The newest tokens come first.
    const revoke = tom.getByRole('button', { name: /^Revoke the token/ });
    const before = await revoke.count();
    for (let revoked = 1; revoked <= created.size; revoked += 1) {
      await revokeNewest(tom);
      await expect(revoke).toHaveCount(before - revoked);
    }
    await expect(tom.getByText(/^bwk_/)).toHaveCount(0);
  });
});
