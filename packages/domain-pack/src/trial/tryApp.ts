import {
  contractSchema,
  type Contract,
  type DomainPack,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { ArchetypeSource } from '../source/readSource';
import type { AuthorPlaces } from './AuthorPlaces';
import { checkAnswer, type Answer } from './checkAnswer';
import { compareContract } from './compareContract';
import { truncateOutput } from './truncateOutput';
import type { Tell } from './PackCheck';
import type { Ended, Python, ServeOptions, Serving } from './Python';
import { sampleParameters } from './sampleParameters';
import type { SampleRecorder } from './SampleRecorder';

type ContractError = NonNullable<
  ReturnType<typeof contractSchema.safeParse>['error']
>;
type Test = NonNullable<ArchetypeSource['source']>['tests'][number];

/** Calls of each function with samples of its parameters. */
const samplesOfEach = 10;
/** Failures of the code, as opposed to invalid input. */
const ownFailures = [
  'function-failed',
  'contract-broken',
  'too-slow',
  'no-answer',
  'not-called',
];

/** Message for functions and verbs that exceeded their time limit with other answers. */
const notAgain = 'exceeded its time limit earlier and was not called again.';

/** An app that is tried. */
interface TriedApp extends ServeOptions {
  archetype: ArchetypeSource;
  places: AuthorPlaces;
  /** Keeps rows that a test returns. */
  recorder: SampleRecorder;
  /** The tests that hold for its answers. */
  tests: Test[];
  tell: Tell;
  vocabulary: DomainPack['spec']['vocabulary'];
}

/** Tests the app in a folder: its contract, types, calls, health checks, actions and Python tests. */
export async function tryApp(
  python: Python,
  app: string,
  given: TriedApp,
): Promise<void> {
  const { places, seconds, slow } = given;
  const tell: Tell = (name, failures, notes) =>
    given.tell(name, withDataHints(places, failures), notes);
  const words = ({ ok, words: said }: Ended, remedy: string) =>
    ok ? [] : [`${truncateOutput(places.words(said))}\n${remedy}`];
  const serving = await python
    .serve(app, { seconds, slow })
    .catch((error: Error) => error);
  if (serving instanceof Error) {
    tell('functions load', [places.words(serving.message)]);
    return;
  }
  try {
    const contract = await readContract(serving, places);
    if ('failure' in contract) {
      tell('contract is valid', [contract.failure]);
      return;
    }
    const tried = { ...given, tell };
    tell('contract matches archetype.yaml', contractFailures(contract, tried));
    tell(
      'types check',
      words(
        await python.run(app, 'mypy', '.'),
        'Correct the types; mypy checks them.',
      ),
    );
    await tryServed(serving, contract, tried);
  } finally {
    await serving.stop();
  }
  const passes = 'Python tests pass';
  // They call the same functions, each time up to the time limit.
  if (slow.size > 0)
    tell(passes, [`Not run: ${[...slow].join(', ')} exceeded the time limit.`]);
  else
    tell(
      passes,
      words(
        await python.run(
          app,
          'pytest',
          '-q',
          '--tb=native',
          '-p',
          'no:cacheprovider',
          // The fork server has imported plugins.
          '-W',
          'ignore::pytest.PytestAssertRewriteWarning',
        ),
        'Correct the code or the tests.',
      ),
    );
}

/** Returns the contract that an app serves, or why it has none. */
async function readContract(
  serving: Serving,
  places: AuthorPlaces,
): Promise<Contract | { failure: string }> {
  const served = await serving.contract().catch((error: Error) => error);
  if (served instanceof Error)
    return {
      failure: `Can't read the contract: ${places.words(served.message)}`,
    };
  const read = contractSchema.safeParse(served);
  return read.success
    ? read.data
    : { failure: `The contract is invalid:\n${contractProblems(read.error)}` };
}

function contractFailures(
  contract: Contract,
  { archetype: { document, source }, vocabulary }: TriedApp,
): string[] {
  return compareContract(
    source!.contract,
    contract,
    vocabulary,
    place => `${document.file}:${document.lineOf(['contract', ...place])}: `,
  ).map(difference => `${difference}. Change the code or the contract.`);
}

/** Runs the test calls of a served app, and tests its samples, health checks and actions. */
async function tryServed(
  serving: Serving,
  contract: Contract,
  tried: TriedApp,
): Promise<void> {
  const { archetype, places, recorder, tell, tests } = tried;
  const { document, source } = archetype;
  for (const test of tests) {
    const { call, expect } = test;
    const answer = await serving.call(call.function, call.parameters);
    const place = ['tests', source!.tests.indexOf(test), 'expect'];
    const at = `${document.file}:${document.lineOf(place)}: `;
    const isFault =
      answer.error &&
      answer.error.type !== expect.error &&
      ownFailures.includes(answer.error.type);
    const failures = isFault
      ? [failureWords(places, call.function, answer.error!)]
      : checkAnswer(expect, answer).map(
          difference =>
            `${at}${difference}. Correct the code or the expectation.`,
        );
    tell(nameOf(test), failures);
    if (failures.length === 0)
      await recorder.record(archetype.name, call.function, answer, () =>
        serving.call(call.function, call.parameters),
      );
  }
  await trySamples(serving, contract, tried);
  await tend(serving, contract, tried);
}

/**
 * Serves an app, calls each function without parameters and with samples, and runs its checks and verbs.
 *
 * @returns the failures
 */
export async function tryFunctions(
  python: Python,
  app: string,
  tried: Pick<TriedApp, 'places' | keyof ServeOptions>,
): Promise<string[]> {
  return withDataHints(
    tried.places,
    await functionFailures(python, app, tried),
  );
}

async function functionFailures(
  python: Python,
  app: string,
  tried: Pick<TriedApp, 'places' | keyof ServeOptions>,
): Promise<string[]> {
  const { places, seconds, slow } = tried;
  const found = [...slow].map(name => `${name} ${notAgain}`);
  const tell: Tell = (_name, failures) => found.push(...failures);
  const serving = await python
    .serve(app, { seconds, slow })
    .catch((error: Error) => error);
  if (serving instanceof Error) return [places.words(serving.message)];
  try {
    const contract = await readContract(serving, places);
    if ('failure' in contract) return [contract.failure];
    for (const { name, parameters } of contract.functions) {
      const asks = ((parameters.required as string[]) ?? []).length > 0;
      const answer = asks ? {} : await serving.call(name, {});
      const { error } = answer;
      if (error?.type === 'not-called') continue;
      if (error && ownFailures.includes(error.type))
        return [...found, failureWords(places, name, error)];
    }
    await trySamples(serving, contract, { ...tried, tell });
    await tend(serving, contract, { places, tell });
    return found;
  } finally {
    await serving.stop();
  }
}

/** Adds remedies to failures to read data sets that the app does not have. */
function withDataHints(
  places: AuthorPlaces,
  failures: readonly string[],
): string[] {
  return [...failures, ...places.missingData(failures.join('\n'))];
}

/** Describes the problems of a contract, one line per part. */
function contractProblems({ issues }: ContractError): string {
  return issues
    .map(({ message, path }) => `${path.join('.')}: ${message}`)
    .join('\n');
}

/** Describes why and where code failed, with the remedy. */
function failureWords(
  places: AuthorPlaces,
  name: string,
  { limit, message, traceback, type }: NonNullable<Answer['error']>,
): string {
  if (type === 'not-called') return `${name} was not called: ${message}.`;
  if (type === 'too-slow')
    return `${places.ofFunction(
      name,
    )}${name} did not return within ${limit} s. Make it faster; it is not called again.`;
  return traceback
    ? `${places.failure(name, traceback)}\nCorrect the code there.`
    : `${places.ofFunction(name)}${type}, ${places.words(
        message,
      )}. Correct the function.`;
}

/** Calls functions with samples that their contract allows: they may reject them, but not fail. */
async function trySamples(
  serving: Serving,
  contract: Contract,
  tried: Pick<TriedApp, 'places' | 'tell'>,
): Promise<void> {
  for (const { name, parameters, result } of contract.functions) {
    if (result.kind === 'stream') continue;
    const samples = sampleParameters(parameters, samplesOfEach);
    let isSilent = false;
    let isSkipped = false;
    let failure: string[] = [];
    for (const sample of samples) {
      const answer = await serving.call(name, sample);
      const { error } = answer;
      isSkipped = error?.type === 'not-called';
      if (isSkipped) break;
      if (!error || !ownFailures.includes(error.type)) continue;
      failure = [
        `Called as ${name}(${JSON.stringify(sample)}):`,
        failureWords(tried.places, name, error),
      ];
      isSilent = error.type === 'no-answer';
      break;
    }
    if (samples.length > 0 && !isSkipped)
      tried.tell(
        `${name} accepts the values that its parameters allow`,
        failure,
      );
    // Nobody answers any more.
    if (isSilent) return;
  }
}

/** Runs the checks of an app, and the verbs without parameters. */
async function tend(
  serving: Serving,
  { checks = [], verbs = [] }: Contract,
  { places, tell }: Pick<TriedApp, 'places' | 'tell'>,
): Promise<void> {
  if (checks.length > 0)
    tell(
      'health checks pass',
      (await serving.checks()).map(({ name, traceback, words }) =>
        traceback
          ? `${places.failure(name, traceback)}\nCorrect the code there.`
          : `${places.ofFunction(name)}${words}. ${
              checks.find(one => one.name === name)?.remedy ??
              'Correct the data or the check.'
            }`,
      ),
    );
  for (const { name, parameters } of verbs) {
    const asks = ((parameters.required as string[]) ?? []).length > 0;
    const fault = asks ? undefined : await serving.act(name);
    if (!asks && fault?.type !== 'not-called')
      tell(
        `action ${name} succeeds`,
        fault ? [failureWords(places, name, fault)] : [],
      );
  }
}

function nameOf({ call, name }: Test): string {
  const parameters = Object.entries(call.parameters)
    .map(([key, value]) => `${key} ${JSON.stringify(value)}`)
    .join(', ');
  return name ?? `${call.function}(${parameters}) returns the expected result`;
}
