import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { repositoryRoot } from '@bailiwick/backstage-cli';
import { writeJunit } from '../junit';
import type { TestSuite } from '../TestSuite';

const folder = join(repositoryRoot, 'packages/local-cluster/go');
/** Packages with tests of their own; the others only start other projects' programs. */
const packages = [
  './netpol/...',
  './certs/...',
  './isolation/...',
  './cell/...',
  './volumes/...',
];

/** Tests of the local cluster's own Go code. */
export const go: TestSuite = {
  name: 'local cluster (Go)',
  group: 'unit',
  async run({ reports }) {
    const child = spawn('go', ['test', '-json', ...packages], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise<number | string | null>(resolve => {
      child.on('error', ({ message }) => resolve(message));
      child.on('close', resolve);
    });
    const cases: { name: string; failure?: string }[] = [];
    let skipped = 0;
    for await (const line of createInterface({ input: child.stdout })) {
      const { Action, Output, Package, Test } = JSON.parse(line);
      if (Action === 'output' && /FAIL|panic|Error/.test(Output))
        process.stdout.write(Output);
      if (!Test && Action === 'fail')
        cases.push({ name: `${Package} as a whole`, failure: 'failed' });
      if (!Test) continue;
      if (Action === 'pass') cases.push({ name: `${Package} ${Test}` });
      if (Action === 'fail')
        cases.push({ name: `${Package} ${Test}`, failure: 'failed' });
      if (Action === 'skip') skipped += 1;
    }
    const code = await ended;
    if (code !== 0 && !cases.some(({ failure }) => failure)) {
      cases.push({ name: 'go test', failure: `it ended with ${code}` });
    }
    writeJunit(join(reports, 'go.xml'), 'local cluster', cases);
    const failed = cases.filter(({ failure }) => failure).length;
    return { passed: cases.length - failed, failed, skipped };
  },
};
