/** @jest-environment node */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fixedWaitSeconds } from './fixedWaits';
import {
  countJunit,
  countRun,
  readFiles,
  splitByFile,
  writeJunit,
} from './junit';
import { footprintOf, traces } from './machineTraces';
import { rerunFailed } from './rerunFailed';
import { runLanes } from './runSuites';
import { benchmarks } from './suites/benchmarks';
import type { TestSuite } from './TestSuite';
import { raiseWatchLimit } from './watchLimit';
import { runProgram, StoppedError } from '@bailiwick/backstage-cli';

describe('the test run', () => {
  let folder: string;
  let report: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'run-'));
    report = join(folder, 'report.xml');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('counts a skipped test as skipped, never as passed', () => {
    writeFileSync(
      report,
      `<testsuite tests="4"><testcase name="a"/><testcase name="b"><skipped/></testcase>
       <testcase name="c"><failure/></testcase><testcase name="d"><error/></testcase></testsuite>`,
    );
    expect(countJunit(report)).toEqual({ passed: 1, failed: 2, skipped: 1 });
  });

  it('fails when there is no report, or the runner failed beside its tests', () => {
    expect(countJunit(report)).toEqual({ passed: 0, failed: 1, skipped: 0 });
    writeJunit(report, 'suite', [{ name: 'a' }]);
    expect(countRun(report, 0)).toEqual({ passed: 1, failed: 0, skipped: 0 });
    expect(countRun(report, 1)).toEqual({ passed: 1, failed: 1, skipped: 0 });
    writeJunit(report, 'suite', [{ name: 'a', failure: 'wrong' }]);
    expect(countRun(report, 1)).toEqual({ passed: 0, failed: 1, skipped: 0 });
    // The runner was killed; a second run of the failed file must not hide that.
    expect(countRun(report, 137)).toEqual({ passed: 0, failed: 2, skipped: 0 });
  });

  it('stops its programs when it is stopped', async () => {
    // Other test files may have left listeners in this process that exit.
    const others = process.rawListeners('SIGTERM') as NodeJS.SignalsListener[];
    others.forEach(one => process.off('SIGTERM', one));
    try {
      const running = runProgram(process.execPath, [
        '-e',
        'setInterval(() => {}, 1000)',
      ]);
      process.emit('SIGTERM');
      await expect(running).rejects.toThrow('The run was stopped.');
    } finally {
      others.forEach(one => process.on('SIGTERM', one));
    }
  });

  it.each([
    ['a program of it is ended', true],
    ['no program of it runs', false],
  ])(
    'shows the end of the log of a suite that is stopped when %s',
    async (_, throws) => {
      const others = process.rawListeners(
        'SIGTERM',
      ) as NodeJS.SignalsListener[];
      others.forEach(one => process.off('SIGTERM', one));
      const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
      const suite: TestSuite = {
        name: 'slow',
        group: 'bench',
        report: 'slow.xml',
        async run({ print }) {
          print('PASS first.test.ts\n');
          process.emit('SIGTERM');
          if (throws) throw new StoppedError();
          return { passed: 1, failed: 0, skipped: 0 };
        },
      };
      const options = { reports: folder, isWholeRun: true };
      try {
        await expect(runLanes([{ suites: [suite] }], options)).rejects.toThrow(
          'The run was stopped.',
        );
        const output = write.mock.calls.map(([text]) => text).join('');
        expect(output).toMatch(
          /slow: stopped after \d+ s\nPASS first\.test\.ts\n$/,
        );
        expect(process.listenerCount('SIGTERM')).toBe(0);
      } finally {
        write.mockRestore();
        others.forEach(one => process.on('SIGTERM', one));
      }
    },
  );

  it('counts what can wait as skipped after its time limit', async () => {
    const run = (minutes?: number) =>
      runLanes([{ suites: [benchmarks] }], {
        reports: folder,
        isWholeRun: true,
        pattern: 'no-such-benchmark',
        ...(minutes && {
          timeLimit: {
            began: Date.now() - 3_600_000,
            milliseconds: minutes * 60_000,
          },
        }),
      });
    const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    try {
      // Benchmarks are the first to be skipped.
      expect(await run(65)).toMatchObject([
        { passed: 0, failed: 0, skipped: 1 },
      ]);
      const inTime = [{ passed: 0, failed: 1, skipped: 0 }];
      expect(await run(90)).toMatchObject(inTime);
      expect(await run()).toMatchObject(inTime);
    } finally {
      write.mockRestore();
    }
  });

  it.each([
    ['of the program', 'process.exit(3)', 3],
    ['of a signal, as shells do', 'process.kill(process.pid, 9)', 137],
  ])('returns the exit code %s', async (_, code, expected) => {
    const program = [process.execPath, ['-e', code]] as const;
    expect(await runProgram(program[0], [...program[1]])).toBe(expected);
  });

  it.each([
    ['raises a low limit of file watchers', '128\n', '1024\n'],
    ['keeps a high limit of file watchers', '8192\n', '8192\n'],
  ])('%s', (_, before, after) => {
    const file = join(folder, 'max_user_instances');
    writeFileSync(file, before);
    raiseWatchLimit(file);
    expect(readFileSync(file, 'utf8')).toBe(after);
    expect(() => raiseWatchLimit(join(folder, 'none'))).not.toThrow();
  });

  it('runs a program at the lowest priority', async () => {
    const code = 'process.exit(os.getPriority())';
    // The priority is set after the start.
    const later = ['-e', `setTimeout(() => { ${code} }, 200)`];
    expect(
      await runProgram(process.execPath, later, { priority: 'lowest' }),
    ).toBe(constants.priority.PRIORITY_LOW);
  });

  const suite = (file: string, ...cases: string[]) =>
    `<testsuite name="${file}" tests="${
      cases.length
    }" failures="0" time="3">${cases.join('')}</testsuite>`;
  const passed = '<testcase name="a" time="1"/>';
  const failed =
    '<testcase name="b" time="1"><failure>5 &lt; 6</failure></testcase>';

  it('reads the time and the failures of each file', () => {
    writeFileSync(report, suite('x.test.ts', passed, failed));
    expect(readFiles(report)).toEqual([
      {
        file: 'x.test.ts',
        seconds: 3,
        setUpSeconds: 1,
        passed: 1,
        failed: 1,
        skipped: 0,
        failures: ['b\n5 < 6'],
        ran: 2,
      },
    ]);
  });

  it('distinguishes the files of a pytest report', () => {
    const cases = ['tests.test_a', 'tests.test_b', 'tests.test_a'].map(
      name => `<testcase classname="${name}" name="t" time="0.5"/>`,
    );
    writeFileSync(report, suite('pytest', ...cases));
    splitByFile(report);
    expect(
      readFiles(report).map(({ file, passed: count }) => [file, count]),
    ).toEqual([
      ['tests/test_a.py', 2],
      ['tests/test_b.py', 1],
    ]);
  });

  const rerun = (
    second: string,
    first = suite('x.test.ts', passed, failed),
  ) => {
    writeFileSync(report, first + suite('y.test.ts', passed));
    const counts = countJunit(report);
    const context = {
      reports: folder,
      isWholeRun: false,
      isLate: () => false,
      run: async () => 0,
      print: () => {},
    };
    return rerunFailed('report.xml', counts, context, async (file, name) => {
      expect(file).toBe('x.test.ts');
      writeFileSync(join(folder, name), second);
    });
  };

  it('reports a file as flaky that passes when it runs again', async () => {
    const outcome = await rerun(suite('x.test.ts', passed, passed));
    expect(outcome).toEqual({
      passed: 3,
      failed: 0,
      skipped: 0,
      flaky: [
        {
          file: 'x.test.ts',
          first: ['b\n5 < 6'],
          second: '2 passed, 0 failed, 0 skipped',
        },
      ],
    });
    expect(countJunit(report)).toEqual({ passed: 3, failed: 0, skipped: 0 });
  });

  it('reports a file as flaky whose hooks failed after its tests', async () => {
    const hooks = `<testcase name=" Test execution failure: could be caused by test hooks like &apos;afterAll&apos;."><failure>slow</failure></testcase>`;
    const outcome = await rerun(
      suite('x.test.ts', passed),
      suite('x.test.ts', passed, hooks),
    );
    expect(outcome).toMatchObject({ passed: 2, failed: 0 });
    expect(outcome.flaky).toHaveLength(1);
  });

  it.each([
    ['fails again', suite('x.test.ts', passed, failed)],
    ['skips the failed test', suite('x.test.ts', passed)],
    ['writes no report of the file', ''],
  ])('keeps the failure when the second run %s', async (_, second) => {
    const outcome = await rerun(second);
    expect(outcome).toMatchObject({ passed: 2, failed: 1, flaky: [] });
    expect(countJunit(report)).toMatchObject({ passed: 2, failed: 1 });
  });

  it('adds up the fixed waits of a file', () => {
    writeFileSync(
      report,
      'await pause(1_500);\nawait page.waitForTimeout(500);\nawait pause(until);',
    );
    expect(fixedWaitSeconds(report)).toBe(2);
    expect(fixedWaitSeconds(join(folder, 'gone.ts'))).toBe(0);
  });

  const onLinux = process.platform === 'linux' ? describe : describe.skip;
  onLinux('on Linux', () => {
    it('finds traces of a run, and not those of others', async () => {
      const footprint = footprintOf(folder, join(folder, 'cluster-local'));
      const other = mkdtempSync(join(tmpdir(), 'other-'));
      const start = (path: string) =>
        spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)', path]);
      const children = [start(folder), start(other)];
      await Promise.all(children.map(child => once(child, 'spawn')));
      const found = await traces(footprint);
      children.forEach(child => child.kill('SIGKILL'));
      await Promise.all(children.map(child => once(child, 'exit')));
      rmSync(other, { recursive: true });
      expect(found).toEqual([
        expect.stringContaining(`process ${children[0].pid}`),
      ]);
      expect(await traces(footprint)).toEqual([]);
    });
  });
});
