import type {
  ContractFunction,
  GrantClient,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  appsScript,
  fileFormatsOf,
  officeConnection,
  parameterSchemas,
  powerQuery,
  qlikScript,
  requiredParameters,
  type ConnectionSource,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { formatList } from '@bailiwick/backstage-plugin-bailiwick-react';
import type { Download } from './Downloads';
import { exampleQuery } from './exampleQuery';

/** A table of an app, and where it is read. */
export interface Source {
  fn: ContractFunction;
  /** Address of the function, without a suffix. */
  address: string;
  /** OData address of the app, with a slash at the end. */
  service: string;
  /** Address of the tenant's add-in for Excel; absent if Excel cannot load it. */
  addIn?: string;
  /** Address of the gateway. */
  gateway: string;
  /** Functions that return a single value. */
  values: ContractFunction[];
  /** MCP address of the app. */
  agents: string;
  /** Name of the app, for files. */
  app: string;
  /** Whether the app delivers CSV and Excel. */
  hasCsv: boolean;
  /** User name of the reader; absent while it is unknown. */
  user?: string;
  /** A token that was just created. */
  token?: string;
}

/** A step on the way to the rows. */
export interface Step {
  text: string;
  /** Text to copy. */
  copy?: { label: string; text: string };
  /** File to save. */
  file?: { label: string; name: string; type: string; content: string };
  /** File of the table that the portal downloads. */
  download?: Download;
  /** Address to open. */
  link?: { label: string; to: string };
}

/** A tool in which people read rows. */
export interface Tool {
  id: string;
  title: string;
  client: GrantClient;
  /** Whether it reads CSV, which an app may not deliver. */
  needsCsv?: boolean;
  /** Steps in their order. */
  steps(source: Source): Step[];
  /** Ways besides these steps. */
  others?(source: Source): Step[];
}

const signIn =
  'Choose the sign-in Basic. Leave the user name empty, and paste the token as the password.';

/** The tools, those of most people first. */
export const tools: Tool[] = [
  {
    id: 'excel',
    title: 'Excel',
    client: 'excel',
    steps: source => [
      {
        text: 'In Excel, choose Data → Get Data → From Other Sources → From OData Feed, and paste this address:',
        copy: odata(source),
      },
      { text: signIn },
      {
        text: 'Select a table, and choose Load. Refresh All reads the current rows.',
      },
    ],
    others: source => [
      ...(source.hasCsv
        ? [
            {
              text: 'One-time copy: download a workbook. You don’t need a token.',
              download: { format: 'xlsx', label: 'Download the workbook' },
            },
          ]
        : []),
      {
        text: 'Excel for Windows: save this file, and open it. It connects to the chosen table.',
        file: {
          label: 'Save the connection',
          name: `${source.fn.name}.odc`,
          type: 'text/x-ms-odc',
          content: officeConnection(connectionOf(source)),
        },
      },
      ...(source.addIn
        ? [
            {
              text: 'Functions in cells: download the add-in; the browser asks for the token. Upload it with Home → Add-ins → More Add-ins → My Add-ins, and enter the token under Tokens on the Home tab.',
              link: { label: 'Download the add-in', to: source.addIn },
            },
          ]
        : []),
    ],
  },
  {
    id: 'powerbi',
    title: 'Power BI',
    client: 'powerbi',
    steps: source => [
      {
        text: 'Save this file, and open it with Power BI Desktop.',
        file: {
          label: 'Save the connection',
          name: `${source.app}.pbids`,
          type: 'application/json',
          content: pbids(source.service),
        },
      },
      { text: signIn },
      { text: 'Select the tables, and choose Load.' },
    ],
    others: source => [
      {
        text: 'Custom query: choose Get data → Blank query → Advanced editor, and paste this query:',
        copy: { label: 'the query', text: powerQuery(connectionOf(source)) },
      },
    ],
  },
  {
    id: 'tableau',
    title: 'Tableau',
    client: 'tableau',
    steps: source => [
      {
        text: 'In Tableau, choose Connect → To a Server → OData, and paste this address as the server:',
        copy: tableAddress(source),
      },
      {
        text: `Choose Username and Password. ${userAndPassword(source)}`,
      },
      {
        text: 'Open a sheet: Tableau creates an extract, which you can refresh.',
      },
    ],
    others: extensionSteps,
  },
  {
    id: 'qlik',
    title: 'Qlik',
    client: 'qlik',
    steps: source => [
      {
        text: `Create a connection with the REST connector, the name ${source.app} and this address:`,
        copy: {
          label: 'the address of the rows',
          text: fileAddress(source, 'json'),
        },
      },
      {
        text: `Choose Basic authentication. ${userAndPassword(source)}`,
      },
      {
        text: `Paste this script into the data load editor. If the connection is in a Qlik space, write the name of the space first, such as 'Sales:${source.app}'.`,
        copy: { label: 'the script', text: qlikScript(source) },
      },
    ],
  },
  {
    id: 'sheets',
    title: 'Google Sheets',
    client: 'sheets',
    needsCsv: true,
    steps: source => [
      {
        text: 'Choose Extensions → Apps Script, paste this script, and save it:',
        copy: {
          label: 'the script',
          text: appsScript(connectionOf(source)),
        },
      },
      {
        text: `Open the spreadsheet again. In the new menu ${source.app}, choose Enter token, and then Refresh ${source.fn.name}. Google calls the address from its own servers, so it must be public.`,
      },
    ],
  },
  {
    id: 'python',
    title: 'Python',
    client: 'api',
    steps: source => [
      {
        text: 'pandas reads Parquet, which keeps the types (pip install pandas pyarrow requests):',
        copy: { label: 'the program', text: python(source) },
      },
    ],
  },
  {
    id: 'r',
    title: 'R',
    client: 'api',
    needsCsv: true,
    steps: source => [
      {
        text: 'httr2 reads CSV (install.packages("httr2")):',
        copy: { label: 'the program', text: rScript(source) },
      },
    ],
  },
  {
    id: 'agents',
    title: 'Agents',
    client: 'api',
    steps: source => [
      {
        text: 'This app is an MCP server, and each function is a tool. Add the server to the configuration of your agent:',
        copy: { label: 'the configuration', text: mcpServers(source) },
      },
      {
        text: 'The agent gets the first rows, the total, and a link to all rows.',
      },
    ],
  },
  {
    id: 'curl',
    title: 'Command line',
    client: 'api',
    steps: source => {
      const suffix = source.hasCsv ? 'csv' : 'jsonl';
      return [
        {
          text: `curl saves a file; ${formatList(
            fileFormatsOf(source.fn.result, { csv: source.hasCsv }).map(
              ({ suffix: one }) => `.${one}`,
            ),
          )} are available:`,
          copy: {
            label: 'the command',
            text: `curl -u ":${tokenOf(source)}" -o ${
              source.fn.name
            }.${suffix} '${fileAddress(source, suffix)}'`,
          },
        },
      ];
    },
  },
];

/** For tools that accept no empty user name. */
function userAndPassword({ user = 'your user name' }: Source): string {
  return `Enter ${user} as the user name, and the token as the password.`;
}

/** Functions with a single value, in calculated fields. */
function extensionSteps(source: Source): Step[] {
  const { gateway, values } = source;
  const fn = values.find(one => parameterSchemas(one.parameters).length > 0);
  if (!fn) return [];
  const { hostname, port, protocol } = new URL(gateway);
  const number = port || (protocol === 'https:' ? '443' : '80');
  return [
    {
      text: `To call ${
        fn.name
      } in a calculation, choose Help → Settings and Performance → Manage Analytics Extension Connection → TabPy. Enter the port ${number}. ${userAndPassword(
        source,
      )} The host is:`,
      copy: { label: 'the host', text: hostname },
    },
    {
      text: 'Create a calculated field with columns of your view as the arguments:',
      copy: { label: 'the calculation', text: calculation(fn) },
    },
  ];
}

const scriptTypes: Record<string, string> = {
  boolean: 'BOOL',
  integer: 'INT',
  string: 'STR',
};

/** A calculated field with the parameters that it must give, or the first one. */
function calculation(fn: ContractFunction): string {
  const { schema: { type } = { type: '' } } = fn.result;
  const required = requiredParameters(fn);
  const given = parameterSchemas(fn.parameters).filter(
    ([name], index) =>
      required.includes(name) || (required.length === 0 && index === 0),
  );
  const columns = given.map(([name, schema]) =>
    /"type":"(number|integer)"/.test(JSON.stringify(schema))
      ? `SUM([${name}])`
      : `ATTR([${name}])`,
  );
  return `SCRIPT_${scriptTypes[String(type)] ?? 'REAL'}("/${
    fn.name
  }", ${columns.join(', ')})`;
}

function odata({ service }: Source): Step['copy'] {
  return { label: 'the OData address', text: service };
}

function tableAddress({ fn, service }: Source): Step['copy'] {
  return {
    label: 'the address of the table',
    text: `${service}${fn.name}${exampleQuery(fn)}`,
  };
}

function fileAddress({ address, fn }: Source, suffix: string): string {
  return `${address}.${suffix}${exampleQuery(fn)}`;
}

function connectionOf(source: Source): ConnectionSource {
  return { ...source, query: exampleQuery(source.fn) };
}

/** The token, or what stands for it. */
function tokenOf({ token = '$TOKEN' }: Source): string {
  return token;
}

/** Power BI connection file (https://learn.microsoft.com/power-bi/connect-data/desktop-data-sources). */
function pbids(url: string): string {
  return JSON.stringify(
    {
      version: '0.1',
      connections: [
        { details: { protocol: 'odata', address: { url } }, mode: 'Import' },
      ],
    },
    null,
    2,
  );
}

/** Configuration of an MCP server, as most agents read it. */
function mcpServers(source: Source): string {
  const headers = { Authorization: `Bearer ${tokenOf(source)}` };
  return JSON.stringify(
    {
      mcpServers: {
        [source.app]: { type: 'http', url: source.agents, headers },
      },
    },
    null,
    2,
  );
}

function python(source: Source): string {
  return `import io

import pandas as pd
import requests

response = requests.get(
    "${fileAddress(source, 'parquet')}",
    auth=("", "${tokenOf(source)}"),
    timeout=600,
)
response.raise_for_status()
${source.fn.name} = pd.read_parquet(io.BytesIO(response.content))`;
}

function rScript(source: Source): string {
  return `library(httr2)

${source.fn.name} <- request("${fileAddress(source, 'csv')}") |>
  req_auth_bearer_token("${tokenOf(source)}") |>
  req_perform() |>
  resp_body_string() |>
  (\\(text) read.csv(text = text))()`;
}
