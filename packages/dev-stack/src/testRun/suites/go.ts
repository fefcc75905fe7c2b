import { repositoryRoot } from '@bailiwick/backstage-cli';
import {
  findGo,
  goBuildEnvironment,
  goBuildFlags,
} from '@bailiwick/backstage-local-cluster';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readGoEvents } from '../goEvents';
import { writeJunit } from '../junit';
import { noCounts, type TestSuite } from '../TestSuite';

const folder = join(repositoryRoot, 'packages/local-cluster/go');
/** Packages with tests of their own; the others only start other projects' programs. */
const packages = [
  './netpol/...',
  './certs/...',
  './isolation/...',
  './cell/...',
  './volumes/...',
];

/** Tests of the local cluster's own Go code, with the flags of its build, so that both share one build cache. */
export const go: TestSuite = {
  name: 'local cluster (Go)',
  group: 'unit',
  report: 'go.xml',
  async run({ pattern, print, reports, run }) {
    if (pattern && !folder.includes(pattern)) return noCounts;
    const events = join(reports, 'go.jsonl');
    const program = await findGo({ report: text => print(`${text}\n`) });
    const code = await run(
      'sh',
      [
        '-c',
        'file=$1; go=$2; shift 2; exec "$go" test -json "$@" > "$file"',
        'sh',
        events,
        program,
        ...goBuildFlags,
        ...packages,
      ],
      { cwd: folder, env: goBuildEnvironment },
    );
    const checks = readGoEvents(readFileSync(events, 'utf8'));
    for (const { failure, isSkipped, name } of checks) {
      if (failure) print(failure);
      if (isSkipped) print(`${name} was skipped\n`);
    }
    if (code !== 0 && !checks.some(({ failure }) => failure)) {
      checks.push({ name: 'go test', failure: `exit code ${code}` });
    }
    return writeJunit(join(reports, this.report), 'local cluster', checks);
  },
};
