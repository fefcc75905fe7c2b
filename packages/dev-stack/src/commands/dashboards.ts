import {
  parseFlags,
  repositoryRoot,
  stackOptions,
  type StackFlags,
} from '@bailiwick/backstage-cli';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { runningStack } from '../bench/withPortal';
import { readDashboards } from '../dashboards/Dashboard';
import { drawDashboards } from '../dashboards/drawDashboards';
import { Monitoring } from '../dashboards/Monitoring';
import { queryPanel, readValues } from '../dashboards/queryPanel';
import { readUnevenly } from '../dashboards/readUnevenly';

/** As long as most windows of the dashboards' queries, twice. */
const defaultMinutes = 10;

/**
 * `npm run dashboards`: reads the app of the demo for some minutes while Prometheus scrapes, and takes pictures of the
 * dashboards for the docs.
 */
export async function dashboards(args: string[]): Promise<number> {
  const { values } = parseFlags<StackFlags & { minutes?: string }>(
    'dashboards',
    args,
  );
  const { dataDir } = stackOptions(values);
  const state = runningStack(dataDir);
  const ms = Number(values.minutes ?? defaultMinutes) * 60_000;
  const monitoring = await Monitoring.start(state);
  try {
    const from = Date.now();
    await readUnevenly(state, ms, line => process.stderr.write(`${line}\n`));
    // What was called last is scraped.
    await pause(10_000);
    const period = { from, to: Date.now() };
    const drawings = await Promise.all(
      Object.entries(readDashboards()).map(async ([name, dashboard]) => {
        const variables = await readValues(dashboard, monitoring.url);
        const series = await Promise.all(
          dashboard.panels.map(panel =>
            queryPanel(panel, monitoring.url, period, variables),
          ),
        );
        return [name, { ...period, dashboard, series }] as const;
      }),
    );
    const fileOf = (name: string) =>
      join(repositoryRoot, 'docs/images', `dashboard-${name}.png`);
    await drawDashboards(Object.fromEntries(drawings), fileOf);
    for (const [name] of drawings) process.stderr.write(`✔ ${fileOf(name)}\n`);
    return 0;
  } finally {
    await monitoring.stop();
  }
}
