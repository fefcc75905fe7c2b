import type {
  Archetype,
  Contract,
  DomainPack,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { compareContracts } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { rmSync } from 'node:fs';
import { compileSource } from '../compile';
import { isBreaking } from '../diff';
import { proposedAnswers } from '../parameters/proposedAnswers';
import { PackError } from '../problem/Problem';
import { AnswersError, renderApp, type RenderedFile } from '../render';
import type { PackSource } from '../source/readSource';
import { truncateOutput } from './truncateOutput';
import type { Tell } from './PackCheck';
import type { Python } from './Python';
import { firstAnswers, knownAnswers } from './trialAnswers';
import { writeApp } from './writeApp';

type Answers = Record<string, unknown>;

/** An archetype of one version of a pack. */
interface Version {
  pack: DomainPack;
  archetype: Archetype;
}

/** Tests the effect on the apps of an older version of a pack. */
export class Upgrade {
  readonly #before: PackSource;
  readonly #old: DomainPack;
  readonly #pack: DomainPack;

  /** @throws PackError when the older version is one of another pack */
  constructor(before: PackSource, after: PackSource) {
    this.#before = before;
    this.#old = compileSource(before);
    this.#pack = compileSource(after);
    const [old, now] = [this.#old, this.#pack].map(
      ({ metadata }) => metadata.name,
    );
    if (old !== now)
      throw new PackError({
        file: 'pack.yaml',
        what: `The previous version belongs to the pack ${old}, not ${now}`,
        remedy: 'Name an older version of the same pack',
      });
  }

  /** Version from which the upgrade is tried. */
  get version(): string {
    return this.#old.spec.version;
  }

  /** Tries the apps of one archetype; nothing when the older version does not have it. */
  async check(name: string, python: Python, tell: Tell): Promise<void> {
    const source = this.#before.archetypes.find(one => one.name === name);
    if (!source?.source) return;
    const [old, now] = [this.#old, this.#pack].map(pack => ({
      pack,
      archetype: pack.spec.archetypes.find(one => one.name === name)!,
    }));
    const { version } = this.#pack.spec;
    const tellChange = (
      [kept, broken]: [kept: string, broken: string],
      failures: readonly string[],
      notes: readonly string[] = [],
    ) =>
      failures.length > 0 && isBreaking(this.version, version)
        ? tell(
            `${broken}, as allowed by version ${version}`,
            [],
            [...failures, ...notes],
          )
        : tell(kept, failures, notes);
    tellChange(
      [
        `form accepts the answers of ${this.version}`,
        `form rejects answers of ${this.version}`,
      ],
      distinct(
        knownAnswers(source.source).flatMap(answers => refusals(now, answers)),
      ),
    );
    const answers = firstAnswers(source.source);
    const became = tryRender(now, answers);
    // The check of the form has reported the reason.
    if (!became) return;
    const was = tryRender(old, answers)!;
    tellChange(
      [
        `upgrade from ${this.version} keeps the contract`,
        `upgrade from ${this.version} breaks consumers`,
      ],
      await contractProblems(python, { was, became, old: old.archetype }),
      changedFiles(was, became),
    );
  }
}

/** Returns old answers as in the new form, with defaults for additional parameters. */
function inForm({ archetype }: Version, answers: Answers): Answers {
  return { ...proposedAnswers(archetype.parameters), ...answers };
}

function render({ archetype, pack }: Version, answers: Answers) {
  return renderApp(archetype, pack, {
    tenant: 'example',
    name: 'example',
    title: 'Example',
    owner: pack.spec.owners[0],
    answers,
  }).files;
}

/** The files of an app; `undefined` when the form does not take the answers. */
function tryRender(
  version: Version,
  answers: Answers,
): RenderedFile[] | undefined {
  try {
    return render(version, inForm(version, answers));
  } catch (error) {
    if (error instanceof AnswersError) return undefined;
    throw error;
  }
}

/** Why a form does not take answers, and which of them it does not ask for any more. */
function refusals(version: Version, answers: Answers): string[] {
  const asked = Object.keys(version.archetype.parameters.properties ?? {});
  const gone = Object.keys(answers)
    .filter(name => !asked.includes(name))
    .map(name => `The form no longer has ${name}`);
  try {
    render(version, inForm(version, answers));
    return gone;
  } catch (error) {
    return [...gone, (error as Error).message];
  }
}

/** Breaking changes for consumers of an app that is rendered again. */
async function contractProblems(
  python: Python,
  {
    became,
    old,
    was,
  }: { was: RenderedFile[]; became: RenderedFile[]; old: Archetype },
): Promise<string[]> {
  const [before, after] = [
    await contractOf(python, was),
    await contractOf(python, became),
  ];
  if (typeof after === 'string') return [truncateOutput(after)];
  // Old code that this runtime cannot serve still has the promised contract.
  const promised = typeof before === 'string' ? promisedBy(old, after) : before;
  return compareContracts(promised, after)
    .filter(({ level }) => level === 'breaking')
    .map(({ what }) => what);
}

/** The contract of an app's code; words of the runtime when it has none. */
async function contractOf(
  python: Python,
  files: RenderedFile[],
): Promise<Contract | string> {
  const app = writeApp(files);
  try {
    const { ok, stdout, words } = await python.run(
      app,
      'bailiwick',
      'check',
      '.',
    );
    return ok ? (JSON.parse(stdout) as Contract) : words;
  } finally {
    rmSync(app, { recursive: true });
  }
}

/** Returns the contract that an archetype promises, without parameters. */
function promisedBy(
  { contract }: Archetype,
  { functions }: Contract,
): Contract {
  const parametersOf = (name: string) =>
    functions.find(one => one.name === name)?.parameters ?? {};
  return {
    functions: (contract as Contract).functions.map(one => ({
      ...one,
      parameters: parametersOf(one.name),
    })),
  };
}

/** Describes which files of an app differ. */
function changedFiles(was: RenderedFile[], became: RenderedFile[]): string[] {
  const contentIn = (files: RenderedFile[], path: string) =>
    files.find(one => one.path === path)?.content;
  const told = (
    words: string,
    files: RenderedFile[],
    test: (path: string) => boolean,
  ) => {
    const paths = files.map(({ path }) => path).filter(test);
    return paths.length > 0 ? [`${words}: ${paths.join(', ')}`] : [];
  };
  const notes = [
    ...told('Changed files', was, path => {
      const content = contentIn(became, path);
      return content !== undefined && content !== contentIn(was, path);
    }),
    ...told('New files', became, path => contentIn(was, path) === undefined),
    ...told(
      'Deleted files',
      was,
      path => contentIn(became, path) === undefined,
    ),
  ];
  return notes.length > 0 ? notes : ['No changed files'];
}

function distinct(words: string[]): string[] {
  return [...new Set(words)];
}
