import { repositoryRoot } from '@bailiwick/backstage-cli';
import {
  goBuildEnvironment,
  goBuildFlags,
} from '@bailiwick/backstage-local-cluster';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeJunit, type CheckResult } from '../junit';
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

interface GoEvent {
  Action: string;
  Package: string;
  Test?: string;
  Elapsed?: number;
  Output?: string;
}

/** Tests of the local cluster's own Go code, with the flags of its build, so that both share one build cache. */
export const go: TestSuite = {
  name: 'local cluster (Go)',
  group: 'unit',
  report: 'go.xml',
  isAffectedBy: changed =>
    changed.some(file => file.startsWith('packages/local-cluster/go/')),
  async run({ pattern, print, reports, run }) {
    if (pattern && !folder.includes(pattern)) return noCounts;
    const events = join(reports, 'go.jsonl');
    const code = await run(
      'sh',
      [
        '-c',
        'file=$1; shift; exec go test -json "$@" > "$file"',
        'sh',
        events,
        ...goBuildFlags,
        ...packages,
      ],
      { cwd: folder, env: goBuildEnvironment },
    );
    const checks: CheckResult[] = [];
    const output = new Map<string, string>();
    for (const line of readFileSync(events, 'utf8').split('\n')) {
      if (!line.startsWith('{')) continue;
      const event: GoEvent = JSON.parse(line);
      const { Action, Elapsed: seconds, Output = '', Package, Test } = event;
      const name = Test ? `${Package} ${Test}` : `${Package} as a whole`;
      output.set(name, `${output.get(name) ?? ''}${Output}`);
      if (Action === 'fail') {
        print(output.get(name)!);
        checks.push({ name, failure: output.get(name), seconds });
      }
      if (Action === 'pass' && Test) checks.push({ name, seconds });
      if (Action === 'skip' && Test) print(`${name} was skipped\n`);
    }
    if (code !== 0 && !checks.some(({ failure }) => failure)) {
      checks.push({ name: 'go test', failure: `exit code ${code}` });
    }
    return writeJunit(join(reports, this.report), 'local cluster', checks);
  },
};
