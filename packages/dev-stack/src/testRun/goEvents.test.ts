import { readGoEvents } from './goEvents';

const lines = (...events: object[]) =>
  events.map(event => JSON.stringify(event)).join('\n');
const of = (Test: string | undefined, Action: string, Output?: string) => ({
  Package: 'a',
  Test,
  Action,
  Output,
});

describe('results of go test', () => {
  it('counts a failed subtest once, and its test and package not at all', () => {
    const text = lines(
      of('TestOne/x', 'output', '5 is not 6\n'),
      of('TestOne/x', 'fail'),
      of('TestOne/y', 'pass'),
      of('TestOne', 'fail'),
      of('TestTwo', 'pass'),
      of(undefined, 'fail'),
    );
    expect(readGoEvents(text)).toEqual([
      { name: 'a TestOne/x', failure: '5 is not 6\n' },
      { name: 'a TestOne/y' },
      { name: 'a TestTwo' },
    ]);
  });

  it('counts a skipped test as skipped', () => {
    expect(readGoEvents(lines(of('TestOne', 'skip')))).toEqual([
      { name: 'a TestOne', isSkipped: true },
    ]);
  });

  it('contains the messages of the compiler', () => {
    const build = { ImportPath: 'b [b.test]' };
    const text = lines(
      { ...build, Action: 'build-output', Output: 'undefined: x\n' },
      { ...build, Action: 'build-fail' },
      { Package: 'b', Action: 'output', Output: 'FAIL b [build failed]\n' },
      { Package: 'b', Action: 'fail', FailedBuild: 'b [b.test]' },
    );
    expect(readGoEvents(text)).toEqual([
      { name: 'b', failure: 'undefined: x\nFAIL b [build failed]\n' },
    ]);
  });
});
