import {
  appsScript,
  fileFormatsOf,
  officeConnection,
  powerQuery,
  qlikConnection,
  qlikScript,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { formatList } from '@bailiwick/backstage-plugin-bailiwick-react';
import {
  connectionOf,
  curl,
  curlEvents,
  fileAddress,
  mcpServers,
  pbids,
  python,
  rScript,
  tableAddress,
} from './snippets';
import { calledFunction, extensionSteps } from './tableauExtension';
import { isTable, type Source, type Step, type Tool } from './Tool';

const dots = '••••••••';

const isCsv = (source: Source) => isTable(source) && source.hasCsv;

/** The tools, those of most people first. */
export const tools: Tool[] = [
  {
    id: 'excel',
    title: 'Excel',
    client: 'excel',
    guidePart: 'excel',
    isFor: source => isTable(source) || source.addIn !== undefined,
    steps: source =>
      isTable(source)
        ? [
            {
              text: 'In Excel, choose Data → Get Data → From Other Sources → From OData Feed, and paste this address:',
              copy: odata(source),
              picture: {
                menu: [
                  'Data',
                  'Get Data',
                  'From Other Sources',
                  'From OData Feed',
                ],
              },
            },
            signIn(source),
            load(source, 'a table', 'Refresh All reads the current rows.'),
          ]
        : addInSteps(source),
    others: source =>
      isTable(source)
        ? [
            ...(source.hasCsv
              ? [
                  {
                    text: 'One-time copy: download a workbook with the rows for your parameter values. You don’t need a token.',
                    download: {
                      format: 'xlsx',
                      label: 'Download the workbook',
                    },
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
            ...addInSteps(source),
          ]
        : [],
  },
  {
    id: 'powerbi',
    title: 'Power BI',
    client: 'powerbi',
    guidePart: 'power-bi',
    isFor: isTable,
    steps: source => [
      {
        text: 'Save this file, and open it with Power BI Desktop.',
        file: {
          label: 'Save the connection',
          name: `${source.app}.pbids`,
          type: 'application/json',
          content: pbids(odataAddress(source)),
        },
      },
      signIn(source),
      load(source, 'the tables'),
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
    guidePart: 'tableau',
    isFor: source =>
      isTable(source) || calledFunction(source)?.name === source.fn.name,
    steps: source =>
      isTable(source)
        ? [
            {
              text: 'In Tableau, choose Connect → To a Server → OData, and paste this address as the server:',
              copy: {
                label: 'the address of the table',
                text: tableAddress(source),
              },
              picture: { menu: ['Connect', 'To a Server', 'OData'] },
            },
            {
              text: `Choose Username and Password. ${userAndPassword(source)}`,
              picture: {
                window: 'OData',
                fields: [
                  ['Authentication', 'Username and Password'],
                  ['Username', source.user ?? ''],
                  ['Password', dots],
                ],
                button: 'Sign In',
              },
            },
            {
              text: 'Open a sheet: Tableau creates an extract, which you can refresh.',
            },
          ]
        : extensionSteps(source, userAndPassword(source)),
    others: source =>
      isTable(source) ? extensionSteps(source, userAndPassword(source)) : [],
  },
  {
    id: 'qlik',
    title: 'Qlik',
    client: 'qlik',
    guidePart: 'qlik',
    isFor: isTable,
    steps: source => [
      {
        text: `Create a REST connection with the name ${qlikConnection(
          source,
        )} and this address. For other parameter values, create another connection with a different name:`,
        copy: {
          label: 'the address of the rows',
          text: fileAddress(source, 'json'),
        },
      },
      {
        text: `Choose Basic authentication. ${userAndPassword(source)}`,
        picture: {
          window: 'Create new connection (REST)',
          fields: [
            ['Authentication schema', 'Basic'],
            ['User name', source.user ?? ''],
            ['Password', dots],
            ['Name', qlikConnection(source)],
          ],
          button: 'Create',
        },
      },
      {
        text: `Paste this script into the data load editor. If the connection is in a Qlik space, write the name of the space first, such as 'Sales:${qlikConnection(
          source,
        )}'.`,
        copy: { label: 'the script', text: qlikScript(source) },
      },
    ],
  },
  {
    id: 'sheets',
    title: 'Google Sheets',
    client: 'sheets',
    guidePart: 'google-sheets',
    isFor: isCsv,
    steps: source => [
      {
        text: 'Choose Extensions → Apps Script, paste this script, and save it:',
        copy: {
          label: 'the script',
          text: appsScript(connectionOf(source)),
        },
        picture: { menu: ['Extensions', 'Apps Script'] },
      },
      {
        text: `Open the spreadsheet again. In the new menu ${source.app}, choose Enter token, and then Refresh. Google calls the address from its own servers, so it must be public.`,
        picture: { menu: [source.app, 'Enter token'] },
      },
    ],
  },
  {
    id: 'python',
    title: 'Python',
    client: 'api',
    guidePart: 'programs',
    isFor: source => isTable(source) || source.fn.result.kind === 'value',
    steps: source => [
      {
        text: isTable(source)
          ? 'pandas reads Parquet, which preserves the types of numbers, dates and text (pip install pandas pyarrow requests):'
          : 'requests reads the value as JSON (pip install requests):',
        copy: { label: 'the program', text: python(source) },
      },
    ],
  },
  {
    id: 'r',
    title: 'R',
    client: 'api',
    guidePart: 'programs',
    isFor: isCsv,
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
    guidePart: 'agents',
    ignoresValues: true,
    isFor: () => true,
    steps: source => [
      {
        text: 'This app is an MCP server, and each function is a tool. Add the server to the configuration of your agent:',
        copy: { label: 'the configuration', text: mcpServers(source) },
      },
      {
        text: 'For tables, the agent gets the first rows, the total, and a link to all rows.',
      },
    ],
  },
  {
    id: 'curl',
    title: 'Command line',
    client: 'api',
    guidePart: 'programs',
    isFor: () => true,
    steps: source => {
      const suffixes = fileFormatsOf(source.fn.result, {
        csv: source.hasCsv,
      }).map(({ suffix }) => suffix);
      const best = ['csv', 'jsonl', 'json'].find(one =>
        suffixes.includes(one),
      )!;
      const isStream = source.fn.result.kind === 'stream';
      return [
        ...(isStream
          ? [
              {
                text: 'curl follows the stream as server-sent events:',
                copy: {
                  label: 'the command to follow the stream',
                  text: curlEvents(source),
                },
              },
            ]
          : []),
        {
          text: `${
            isStream
              ? 'curl saves the first rows of the stream: 100, or those of 5 seconds'
              : 'curl saves a file'
          }; ${formatList(suffixes.map(suffix => `.${suffix}`))} ${
            suffixes.length > 1 ? 'are' : 'is'
          } available. After an error, the file stays as it was; for the message, leave out --fail and -o. In Windows PowerShell, write curl.exe:`,
          copy: { label: 'the command', text: curl(source, best) },
        },
      ];
    },
  },
];

/** For tools that accept no empty user name. */
function userAndPassword({ user = 'your user name' }: Source): string {
  return `Enter ${user} as the user name, and the token as the password.`;
}

/** The sign-in of Power Query, which applies to all addresses below the selected level. */
function signIn(source: Source): Step {
  return {
    text: `Choose the sign-in Basic. Leave the user name empty, and paste the token as the password. As the level, select the address that ends with ${source.app}.`,
    picture: {
      window: 'OData feed',
      fields: [
        ['Sign-in', 'Basic'],
        ['User name', ''],
        ['Password', dots],
        ['Level', `…/${source.app}`],
      ],
      button: 'Connect',
    },
  };
}

/** The last step of Power Query; an address with parameters is that of one table. */
function load(source: Source, tables: string, then = ''): Step {
  const what = source.query
    ? 'Choose Load.'
    : `Select ${tables}, and choose Load.`;
  return {
    text: `${what} ${then}`.trim(),
    picture: {
      window: source.query ? source.fn.name : 'Navigator',
      ...(!source.query && { list: [source.fn.name] }),
      button: 'Load',
    },
  };
}

/** Address for Power Query: of the app, or of the table with the values of its parameters. */
function odataAddress(source: Source): string {
  return source.query ? tableAddress(source) : source.service;
}

function odata(source: Source): Step['copy'] {
  return { label: 'the OData address', text: odataAddress(source) };
}

function addInSteps({ addIn }: Source): Step[] {
  return [
    addIn
      ? {
          text: 'Functions in cells: download the add-in; the browser asks for the token. Upload it with Home → Add-ins → More Add-ins → My Add-ins, and enter the token under Tokens on the Home tab.',
          link: { label: 'Download the add-in', to: addIn },
        }
      : {
          text: 'Functions in cells: Excel loads the add-in only over HTTPS, which this gateway doesn’t use.',
        },
  ];
}

/** Returns the title of the tool that a token is for; several tools share that of programs. */
export function toolOf(client: string): string {
  if (client === 'portal') return 'Download in the portal';
  const titles = tools.filter(tool => tool.client === client);
  return titles.length === 1 ? titles[0].title : 'Programs';
}
