import { repositoryRoot } from '@bailiwick/backstage-cli';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { findChromium } from '../../process/findChromium';
import { countRun, exitFailure, timeCheck, writeJunit } from '../junit';
import { rerunFailed } from '../rerunFailed';
import type { SuiteContext, TestSuite } from '../TestSuite';

const stand = join(repositoryRoot, 'plugins/bailiwick/dev');
const playwright = join(repositoryRoot, 'node_modules/@playwright/test/cli.js');

/** Bundles the examples. @returns why that failed, if it did */
async function bundle(
  { run }: SuiteContext,
  folder: string,
): Promise<string | undefined> {
  const config = parse(readFileSync(join(stand, 'app-config.yaml'), 'utf8'));
  const code = await run(process.execPath, [
    join(repositoryRoot, 'scripts/bundlePages.mjs'),
    join(stand, 'index.tsx'),
    folder,
    JSON.stringify(config),
  ]);
  return exitFailure(code);
}

/** Examples of components and pages with difficult inputs, in a browser without a backend. */
export const examples: TestSuite = {
  name: 'examples in a browser',
  group: 'examples',
  report: 'examples.xml',
  async run(context) {
    const { reports, run } = context;
    const folder = join(reports, 'examples');
    const chromium = findChromium();
    const failure = existsSync(chromium)
      ? await timeCheck('bundle', () => bundle(context, folder))
      : { name: 'Chromium', failure: `Chromium was not found at ${chromium}` };
    if (failure.failure)
      return writeJunit(join(reports, this.report), this.name, [failure]);
    const drive = (report: string) =>
      run(
        process.execPath,
        [playwright, 'test', '--config', join(stand, 'tests')],
        {
          env: {
            PLAYWRIGHT_JUNIT_OUTPUT_FILE: join(reports, report),
            CHROMIUM: chromium,
            BAILIWICK_EXAMPLES: folder,
            ...(context.isWholeRun && { BAILIWICK_QUICK: '1' }),
          },
        },
      );
    const code = await drive(this.report);
    const counts = countRun(join(reports, this.report), code);
    return rerunFailed(this.report, counts, context, (_file, report) =>
      drive(report),
    );
  },
};
