import type { ConnectionSource } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { isTable, type Source } from './Tool';

/** What a connection file or a query needs. */
export function connectionOf(source: Source): ConnectionSource {
  const { address, app, fn, query, service } = source;
  return { address, app, fn, query, service };
}

/** Address of the function as a file. */
export function fileAddress({ address, query }: Source, suffix: string) {
  return `${address}.${suffix}${query}`;
}

/** OData address of the table. */
export function tableAddress({ fn, query, service }: Source): string {
  return `${service}${fn.name}${query}`;
}

/** The token, or a text that is clearly none. */
function tokenOf({ token = 'YOUR_TOKEN' }: Source): string {
  return token;
}

/** Power BI connection file (https://learn.microsoft.com/power-bi/connect-data/desktop-data-sources). */
export function pbids(url: string): string {
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
export function mcpServers(source: Source): string {
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

/** Program in Python that reads a table with pandas, or a single value. */
export function python(source: Source): string {
  const isRows = isTable(source);
  const imports = isRows ? 'import io\n\nimport pandas as pd\n' : '';
  const result = isRows
    ? `pd.read_parquet(io.BytesIO(response.content))${datesOf(source)}`
    : 'response.json()["value"]';
  return `${imports}import requests

response = requests.get(
    "${fileAddress(source, isRows ? 'parquet' : 'json')}",
    auth=("", "${tokenOf(source)}"),
    timeout=600,
)
if not response.ok:
    raise SystemExit(response.text)
${source.fn.name} = ${result}`;
}

/** Converts dates, which pandas reads as objects without the methods of times. */
function datesOf({ fn }: Source): string {
  const types = (fn.result.columns ?? [])
    .filter(({ schema }) => schema?.format === 'date')
    .map(({ name }) => `${JSON.stringify(name)}: "datetime64[us]"`);
  return types.length > 0 ? `.astype({${types.join(', ')}})` : '';
}

/** Program in R that reads a table. */
export function rScript(source: Source): string {
  return `library(httr2)

${source.fn.name} <- request("${fileAddress(source, 'csv')}") |>
  req_auth_bearer_token("${tokenOf(source)}") |>
  req_perform() |>
  resp_body_string() |>
  (\\(text) read.csv(text = text, na.strings = ""${textColumns(source)}))()`;
}

/** Columns whose texts R would take for numbers, truth values or missing values. */
function textColumns({ fn }: Source): string {
  const names = (fn.result.columns ?? [])
    .filter(({ schema }) => schema?.type === 'string' && !schema.format)
    .map(({ name }) => `${JSON.stringify(name)} = "character"`);
  return names.length > 0 ? `, colClasses = c(${names.join(', ')})` : '';
}

/** Command that saves a file; if the gateway refuses the request, an earlier file stays as it is. */
export function curl(source: Source, suffix: string): string {
  const address = fileAddress(source, suffix);
  return `curl --fail -u ":${tokenOf(source)}" -o ${
    source.fn.name
  }.${suffix} ${quoted(address)}`;
}

/** Command that follows a stream of server-sent events. */
export function curlEvents(source: Source): string {
  const address = `${source.address}${source.query}`;
  return `curl --fail-with-body -N -u ":${tokenOf(
    source,
  )}" -H "Accept: text/event-stream" ${quoted(address)}`;
}

/** Bash, PowerShell and the prompt of Windows interpret nothing in an encoded address between double quotes. */
function quoted(address: string): string {
  return `"${address}"`;
}
