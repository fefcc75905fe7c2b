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

/** Values of the variables of a dashboard, as regular expressions. */
export type Values = Record<string, string>;

interface Matrix {
  metric: Record<string, string>;
  values: [seconds: number, value: string][];
}

const points = 240;

/** Replaces `{{label}}` in the format of a legend, as Grafana does. */
export function legendOf(
  format: string,
  metric: Record<string, string>,
): string {
  return format
    .replace(/\{\{\s*(\w+)\s*\}\}/g, (_, label) => metric[label] ?? '')
    .trim();
}

/**
 * Replaces the variables of a query (`$namespace`).
 *
 * @throws Error for a variable without a value
 */
export function withValues(expression: string, values: Values): string {
  return expression.replace(/\$(\w+)/g, (_, name) => {
    if (values[name] === undefined) throw new Error(`No value of $${name}`);
    return values[name];
  });
}

/**
 * Reads all values of the variables of a dashboard, as Grafana does with *All*.
 *
 * @param prometheus - its address
 * @throws Error for a variable of an unknown form, and with the message of Prometheus
 */
export async function readValues(
  { templating }: Dashboard,
  prometheus: string,
): Promise<Values> {
  const values: Values = {};
  for (const { name, query } of templating.list) {
    // The data source is no part of a query.
    if (typeof query === 'string') continue;
    const [, metric, label] =
      /^label_values\((.+), (\w+)\)$/.exec(query.query) ?? [];
    if (!label) throw new Error(`$${name}: ${query.query} cannot be read`);
    const parameters = { 'match[]': withValues(metric, values) };
    const path = `label/${label}/values`;
    const found = await ask<string[]>(prometheus, path, parameters);
    if (found.length === 0) throw new Error(`$${name} has no values`);
    values[name] = found.join('|');
  }
  return values;
}

/**
 * Runs the queries of a panel over a period.
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
      const { result } = await ask<{ result: Matrix[] }>(
        prometheus,
        'query_range',
        {
          query: withValues(expr, variables),
          start: String(from / 1000),
          end: String(to / 1000),
          step: String((to - from) / 1000 / points),
        },
      );
      return result.map(({ metric, values }) => ({
        legend: legendOf(legendFormat, metric),
        times: values.map(([seconds]) => seconds * 1000),
        values: values.map(([, value]) => Number(value)),
      }));
    }),
  );
  return results.flat();
}

/** Asks the API of Prometheus. @throws Error with its message */
export async function ask<T>(
  prometheus: string,
  path: string,
  parameters: Record<string, string>,
): Promise<T> {
  const query = new URLSearchParams(parameters);
  const response = await fetch(`${prometheus}/api/v1/${path}?${query}`);
  const { data, error } = (await response.json()) as {
    data?: T;
    error?: string;
  };
  if (data === undefined) throw new Error(`${query}: ${error}`);
  return data;
}
