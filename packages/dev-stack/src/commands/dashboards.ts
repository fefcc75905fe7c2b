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
import { bundlePage, drawDashboards } from '../dashboards/drawDashboards';
import { queryPanel, readValues } from '../dashboards/queryPanel';
import { readUnevenly } from '../dashboards/readUnevenly';
import { withMonitoring } from '../dashboards/withMonitoring';

/** Twice the window of most queries of the dashboards. */
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
  const state = runningStack(stackOptions(values).dataDir);
  const ms = Number(values.minutes ?? defaultMinutes) * 60_000;
  // Before the metrics, which take minutes.
  const page = await bundlePage();
  return withMonitoring(state, async prometheus => {
    const from = Date.now();
    await readUnevenly(state, ms, line => process.stderr.write(`${line}\n`));
    // Prometheus has to scrape the last calls.
    await pause(10_000);
    const period = { from, to: Date.now() };
    const drawings = await Promise.all(
      Object.entries(readDashboards()).map(async ([name, dashboard]) => {
        const variables = await readValues(dashboard, prometheus);
        const series = await Promise.all(
          dashboard.panels.map(panel =>
            queryPanel(panel, prometheus, period, variables),
          ),
        );
        return [name, { ...period, dashboard, series }] as const;
      }),
    );
    const fileOf = (name: string) =>
      join(repositoryRoot, 'docs/images', `dashboard-${name}.png`);
    await drawDashboards(page, Object.fromEntries(drawings), fileOf);
    for (const [name] of drawings) process.stderr.write(`✔ ${fileOf(name)}\n`);
    return 0;
  });
}
