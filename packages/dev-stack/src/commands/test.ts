import {
  CommandError,
  parseFlags,
  repositoryRoot,
} from '@bailiwick/backstage-cli';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAffected } from '../testRun/affectedSuites';
import { changedFiles } from '../testRun/changedFiles';
import { mergeJunit } from '../testRun/junit';
import { measureLoad } from '../testRun/measureLoad';
import { groups, leftOver, phases, suites } from '../testRun/suites/phases';
import { programs } from '../testRun/suites/programs';
import { writeProfile } from '../testRun/profile';
import { watchMemory } from '../testRun/watchMemory';
import { runLanes, type SuiteResult } from '../testRun/runSuites';
import {
  addCounts,
  noCounts,
  type Counts,
  type TestSuite,
} from '../testRun/TestSuite';

/** `npm test [-- <part> [pattern]]`: runs the suites, joins their reports, counts their tests. */
export async function test(args: string[]): Promise<number> {
  const { positionals, values } = parseFlags<{
    profile?: boolean;
    'time-limit'?: string;
  }>('test', args);
  const [group, pattern] = positionals;
  const reports = join(repositoryRoot, 'reports');
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });

  const changed = group === 'changed' ? changedFiles(pattern) : undefined;
  const began = Date.now();
  const loadUntilNow = measureLoad();
  const minutes = values['time-limit'];
  const options = {
    reports,
    isWholeRun: !group,
    ...(minutes && {
      timeLimit: { began, milliseconds: Number(minutes) * 60_000 },
    }),
    ...(changed ? { changed } : { pattern }),
  };
  const inPhases = async () => {
    const results: SuiteResult[] = [];
    for (const lanes of group ? [[{ suites: choose(group, changed) }]] : phases)
      results.push(...(await runLanes(lanes, options)));
    return results;
  };
  const endWatch = watchMemory(line => process.stdout.write(`── ${line}\n`));
  const all = await Promise.all([
    inPhases(),
    runLanes(group ? [] : [leftOver], options),
  ]);
  endWatch();
  const results = all.flat();
  const whole = { seconds: (Date.now() - began) / 1000, ...loadUntilNow() };
  mergeJunit(reports);
  if (values.profile) writeProfile(reports, results, whole);
  const code = report(results, reports);
  if (pattern && !changed && !results.some(isTested)) {
    throw new CommandError(
      `No test matches "${pattern}".`,
      'Name a part of a path, such as plugins/bailiwick-backend/src/grants.',
    );
  }
  return code;
}

/** Whether a suite ran tests; building the programs that they need does not count. */
function isTested({ failed, passed, suite }: SuiteResult): boolean {
  return failed > 0 || (passed > 0 && suite !== programs);
}

/** Chooses the suites of a part, or those that changes can affect. @throws CommandError for an unknown part */
function choose(group: string, changed?: string[]): TestSuite[] {
  const chosen = suites.filter(({ group: own, report: file }) =>
    changed ? isAffected(file, changed) : own === group,
  );
  if (chosen.length === 0 && !changed) {
    throw new CommandError(
      `Unknown part "${group}" of the tests.`,
      `Parts: ${groups.join(', ')}.`,
    );
  }
  return chosen;
}

function report(results: SuiteResult[], reports: string): number {
  const total = results.reduce<Counts>(addCounts, noCounts);
  const flaky = results.flatMap(result =>
    result.flaky.map(one => ({ suite: result.suite.name, ...one })),
  );
  if (flaky.length > 0)
    writeFileSync(
      join(reports, 'flaky.json'),
      `${JSON.stringify(flaky, undefined, 2)}\n`,
    );
  const lines = results.map(({ failed, passed, seconds, suite }) =>
    [
      suite.name.padEnd(38),
      `${String(passed).padStart(5)} passed`,
      `${String(failed).padStart(4)} failed`,
      `${String(seconds).padStart(5)} s`,
    ].join(' '),
  );
  const flakyLines = flaky.map(
    ({ file, first }) =>
      `flaky: ${file} (${first.map(text => text.split('\n')[0]).join('; ')})`,
  );
  if (flaky.length > 0)
    flakyLines.push(
      `${flaky.length} of the files passed only when they ran again, see reports/flaky.json`,
    );
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  process.stdout.write(
    `\n${[...lines, ...flakyLines].join('\n')}\n\n${total.passed} passed, ${
      total.failed
    } failed${skipped}\n`,
  );
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}
