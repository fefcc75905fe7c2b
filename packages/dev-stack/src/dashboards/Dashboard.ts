import { repositoryRoot } from '@bailiwick/backstage-cli';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** The part of Grafana's dashboard JSON that is drawn. */
export interface Dashboard {
  title: string;
  panels: Panel[];
  templating: { list: Variable[] };
}

/** A variable of a dashboard, by default with all values of a query. */
export interface Variable {
  name: string;
  query: string | { query: string };
}

/** A panel; `type` is `stat` or `timeseries`. */
export interface Panel {
  id: number;
  title: string;
  type: string;
  targets: { expr: string; legendFormat: string }[];
}

/** Reads the dashboards of the chart, by the names of their files. */
export function readDashboards(): Record<string, Dashboard> {
  const folder = join(repositoryRoot, 'charts/bailiwick/monitoring/dashboards');
  return Object.fromEntries(
    globSync('*.json', { cwd: folder })
      .sort()
      .map(file => [
        basename(file, '.json'),
        JSON.parse(readFileSync(join(folder, file), 'utf8')),
      ]),
  );
}
