import { existing, sourcesBelow } from './changedFiles';

/** A change of these can affect every test. */
const ofAll =
  /^(package\.json|yarn\.lock|tsconfig\.json|backstage\.json|scripts\/|packages\/testing\/jest\/|packages\/dev-stack\/src\/testRun\/)/;

/** Files that tests depend on without importing them. */
const notImported = /^(charts|templates|packages\/local-cluster\/go)\//;

/** Only people read them. */
const prose = /\.(md|png|svg|gif)$|^(docs|\.changeset)\//;

/** By the report of a suite, which files it depends on; lint reads all files. */
const dependsOn: Record<string, RegExp> = {
  'unit.xml': /./,
  'integration.xml': /./,
  'programs.xml': /./,
  'types.xml': /\.tsx?$|tsconfig|package\.json$|\.api\.md$/,
  'go.xml': /^packages\/local-cluster\/go\//,
  'python.xml': /^packages\/function-runtime\//,
  'examples.xml':
    /^(plugins\/(bailiwick|bailiwick-common|bailiwick-react|app-module-bailiwick)\/|scripts\/bundlePages\.mjs)/,
  'e2e.xml':
    /^(packages\/app\/e2e-tests\/|packages\/dev-stack\/src\/(demo|stack|portal)\/|playwright\.config\.ts)/,
  'benchmarks.xml': /^(bench|packages\/dev-stack\/src\/bench)\//,
};

/**
 * Whether a suite is part of `npm test -- changed`. The end-to-end tests and the benchmarks depend on the whole product
 * and take minutes: only a change of their own code or of the stack that they start chooses them.
 *
 * @param report - name of the suite's JUnit file
 * @param changed - files relative to the repository, deleted ones included
 */
export function isAffected(
  report: string,
  changed: readonly string[],
): boolean {
  const files = changed.filter(
    file => !prose.test(file) || /\.api\.md$/.test(file),
  );
  return dependsOn[report]
    ? files.some(file => dependsOn[report].test(file))
    : changed.length > 0;
}

/**
 * Returns the sources whose dependents Jest must test; `undefined` means all. A changed file that is not TypeScript,
 * such as a fixture, counts as all sources of its package. Files that imported a deleted file have changed as well, or
 * the compiler fails.
 */
export function affectedSources(
  changed: readonly string[],
): string[] | undefined {
  const files = changed.filter(file => !prose.test(file));
  if (files.some(file => ofAll.test(file) || notImported.test(file)))
    return undefined;
  const isSource = (file: string) => /\.tsx?$/.test(file);
  const packages = files
    .filter(file => !isSource(file))
    .map(file => /^((packages|plugins)\/[^/]+|bench)\//.exec(file)?.[1])
    .filter(folder => folder !== undefined);
  return [
    ...new Set([
      ...existing(files.filter(isSource)),
      ...[...new Set(packages)].flatMap(sourcesBelow),
    ]),
  ];
}
