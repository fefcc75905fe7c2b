import type { CheckResult } from './junit';

/** A line of `go test -json`, see `go doc test2json` and, for builds, `go help buildjson`. */
interface GoEvent {
  Action: string;
  Package?: string;
  Test?: string;
  /** Seconds. */
  Elapsed?: number;
  Output?: string;
  /** Of a build; `FailedBuild` of a package names it. */
  ImportPath?: string;
  FailedBuild?: string;
}

/**
 * Reads the result of each test from the output of `go test -json`. Tests with subtests and packages count only when
 * they fail by themselves, such as a package that does not compile.
 */
export function readGoEvents(text: string): CheckResult[] {
  const output = new Map<string, string>();
  const results = new Map<string, CheckResult>();
  const failedBelow = new Set<string>();
  const withSubtests = new Set<string>();
  for (const line of text.split('\n')) {
    if (!line.startsWith('{')) continue;
    const event: GoEvent = JSON.parse(line);
    const { Action, Elapsed: seconds, Output = '', Package, Test } = event;
    const name = [event.ImportPath ?? Package, Test].filter(Boolean).join(' ');
    output.set(name, `${output.get(name) ?? ''}${Output}`);
    const parents = Test ? parentsOf(Package!, Test) : [];
    if (Test) parents.forEach(parent => withSubtests.add(parent));
    if (Action === 'fail' && !failedBelow.has(name)) {
      const build = event.FailedBuild && output.get(event.FailedBuild);
      const failure = `${build ?? ''}${output.get(name)}`;
      results.set(name, { name, failure, seconds });
      parents.forEach(parent => failedBelow.add(parent));
    }
    if (Test && Action === 'pass' && !withSubtests.has(name))
      results.set(name, { name, seconds });
    if (Test && Action === 'skip')
      results.set(name, { name, isSkipped: true, seconds });
  }
  return [...results.values()];
}

/** Names of the tests around a subtest, and of its package. */
function parentsOf(name: string, test: string): string[] {
  const parts = test.split('/');
  const tests = parts.slice(1).map((_, index) => parts.slice(0, index + 1));
  return [name, ...tests.map(each => `${name} ${each.join('/')}`)];
}
