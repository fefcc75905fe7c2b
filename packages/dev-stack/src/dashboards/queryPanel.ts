import type { Dashboard, Panel } from './Dashboard';

/** A time series of a panel, as it is drawn. */
export interface Series {
  /** Name in the legend. */
  legend: string;
  /** Milliseconds since 1970. */
  times: number[];
  /** In the unit of the panel. */
  values: number[];
}

/** Period of a dashboard, in milliseconds since 1970. */
export interface Period {
  from: number;
  to: number;
}

interface Matrix {
  metric: Record<string, string>;
  values: [seconds: number, value: string][];
}

/** Replaces `{{label}}` in the format of a legend, as Grafana does. */
export function legendOf(
  format: string,
  metric: Record<string, string>,
): string {
  return format
    .replace(/\{\{\s*(\w+)\s*\}\}/g, (_, label) => metric[label] ?? '')
    .trim();
}

/** Values of the variables of a dashboard, as regular expressions. */
export type Values = Record<string, string>;

/** Replaces the variables of a query (`$namespace`); those without a value select everything. */
export function withValues(expression: string, values: Values): string {
  return expression.replace(/\$(\w+)/g, (_, name) => values[name] ?? '.*');
}

/**
 * Reads all values of the variables of a dashboard, as Grafana does with *All*.
 *
 * @param prometheus - its address
 */
export async function readValues(
  { templating }: Dashboard,
  prometheus: string,
): Promise<Values> {
  const values: Values = {};
  for (const { name, query } of templating.list) {
    const { query: text = '' } = typeof query === 'string' ? {} : query;
    const [, metric, label] = /^label_values\((.+), (\w+)\)$/.exec(text) ?? [];
    if (!label) continue;
    const match = new URLSearchParams({
      'match[]': withValues(metric, values),
    });
    const response = await fetch(
      `${prometheus}/api/v1/label/${label}/values?${match}`,
    );
    const { data } = (await response.json()) as { data: string[] };
    values[name] = data.join('|');
  }
  return values;
}

/**
 * Runs the queries of a panel over a period with 240 points.
 *
 * @param prometheus - its address
 * @throws Error with the message of Prometheus when a query fails
 */
export async function queryPanel(
  { targets }: Panel,
  prometheus: string,
  { from, to }: Period,
  variables: Values,
): Promise<Series[]> {
  const results = await Promise.all(
    targets.map(async ({ expr, legendFormat }) => {
      const query = new URLSearchParams({
        query: withValues(expr, variables),
        start: String(from / 1000),
        end: String(to / 1000),
        step: String((to - from) / 1000 / 240),
      });
      const response = await fetch(`${prometheus}/api/v1/query_range?${query}`);
      const { data, error } = (await response.json()) as {
        data?: { result: Matrix[] };
        error?: string;
      };
      if (!data) throw new Error(`${expr}: ${error}`);
      return data.result.map(({ metric, values }) => ({
        legend: legendOf(legendFormat, metric),
        times: values.map(([seconds]) => seconds * 1000),
        values: values.map(([, value]) => Number(value)),
      }));
    }),
  );
  return results.flat();
}
