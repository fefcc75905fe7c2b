import type { Panel } from './Dashboard';

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

/** Selects everything where a dashboard has variables (`$namespace`), as Grafana does with *All*. */
export function withoutVariables(expression: string): string {
  return expression.replace(/\$\w+/g, '.*');
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
): Promise<Series[]> {
  const results = await Promise.all(
    targets.map(async ({ expr, legendFormat }) => {
      const query = new URLSearchParams({
        query: withoutVariables(expr),
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
