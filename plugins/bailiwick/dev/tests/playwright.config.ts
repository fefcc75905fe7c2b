import { defineConfig } from '@playwright/test';
import { join } from 'node:path';

const reports = join(__dirname, '../../../../reports');

/** Tests of the examples in the machine's Chromium; `npm test -- examples` bundles the pages and passes its folder. */
export default defineConfig({
  testDir: __dirname,
  outputDir: join(reports, 'examples-results'),
  timeout: 120_000,
  workers: 1,
  reporter: [
    ['list'],
    [
      'junit',
      {
        outputFile:
          process.env.PLAYWRIGHT_JUNIT_OUTPUT_FILE ??
          join(reports, 'examples.xml'),
      },
    ],
  ],
  use: {
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu'],
    },
  },
});
