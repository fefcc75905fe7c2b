/** @jest-environment node */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countJunit, countRun, writeJunit } from './junit';
import { footprintOf, traces } from './machineTraces';
import { runProgram } from '@bailiwick/backstage-cli';

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
  });

  it('ends what it runs when it is ended itself', async () => {
    const running = runProgram(process.execPath, [
      '-e',
      'setInterval(() => {}, 1000)',
    ]);
    process.emit('SIGTERM');
    await expect(running).rejects.toThrow('The run was ended.');
  });

  const onLinux = process.platform === 'linux' ? describe : describe.skip;
  onLinux('on Linux', () => {
    it('finds what a run left, and not what others made', async () => {
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
