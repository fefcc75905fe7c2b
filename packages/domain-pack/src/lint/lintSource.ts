import {
  domainPackKind,
  validate,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { compileSource } from '../compile';
import { limits } from '../folder/packPaths';
import { readPackFolder, type PackFiles } from '../folder/readPackFolder';
import { PackError, type Problem } from '../problem/Problem';
import { sourceOf, type PackSource } from '../source/readSource';
import { checkCode } from './checks/checkCode';
import { checkDatasets } from './checks/checkDatasets';
import { checkIcon } from './checks/checkIcon';
import { checkImports } from './checks/checkImports';
import { checkNames } from './checks/checkNames';
import { checkParameters } from './checks/checkParameters';
import { checkPatterns } from './checks/checkPatterns';
import { checkPolicies } from './checks/checkPolicies';
import { checkReferences } from './checks/checkReferences';
import { checkSettings } from './checks/checkSettings';
import { checkShapes } from './checks/checkShapes';
import { checkShared } from './checks/checkShared';
import { checkTemplates } from './checks/checkTemplates';
import { checkVocabulary } from './checks/checkVocabulary';

const checks = [
  checkNames,
  checkVocabulary,
  checkDatasets,
  checkShapes,
  checkSettings,
  checkShared,
  checkReferences,
  checkParameters,
  checkTemplates,
  checkCode,
  checkImports,
  checkPolicies,
  checkIcon,
];

/** The readable part of a pack, and its problems. */
interface LintedPack {
  pack?: PackSource;
  problems: Problem[];
}

/** Reads a pack and returns all problems, by file and line. */
export function lintSource(folder: string): LintedPack {
  const { files, problems } = readPackFolder(folder);
  return problems.length > 0 ? { problems } : lintFiles(files);
}

/** Returns all problems of the files of a pack. */
export function lintFiles(files: PackFiles): LintedPack {
  const { pack, problems } = sourceOf(files);
  if (!pack) return { problems };
  // The other checks try values, and such a pattern would hold them up for ever.
  const costly = checkPatterns(pack);
  const others =
    costly.length > 0 ? costly : checks.flatMap(check => check(pack));
  const found = [...problems, ...others];
  const all = found.length > 0 ? found : objectProblems(pack);
  return { pack, problems: all.sort(byPlace) };
}

/**
 * Returns a valid pack.
 *
 * @throws PackError with all problems
 */
export function validPack({ pack, problems }: LintedPack): PackSource {
  if (!pack || problems.length > 0) throw new PackError(problems);
  return pack;
}

/** Returns all problems of the pack in a folder; empty if it is valid. @public */
export function lintPack(folder: string): Problem[] {
  return lintSource(folder).problems;
}

/** Returns the reasons for which the API server would reject the compiled pack. */
function objectProblems(pack: PackSource): Problem[] {
  const { file } = pack.document;
  const object = compileSource(pack);
  const bytesOf = (part: unknown) => Buffer.byteLength(JSON.stringify(part));
  const length = bytesOf(object);
  const [largest] = object.spec.archetypes
    .map(({ files, name }) => ({ bytes: bytesOf(files), name }))
    .sort((one, other) => other.bytes - one.bytes);
  const tooLarge = {
    file,
    line: pack.document.lineOf(['spec', 'datasets']),
    what: `The compiled pack has ${length} bytes, more than ${limits.bytes}; the files of the archetype ${largest?.name} have ${largest?.bytes}`,
    remedy: 'Reduce the data: each archetype contains a copy of its data sets',
  };
  return [
    ...(length > limits.bytes ? [tooLarge] : []),
    ...validate(domainPackKind, object).map(what => ({
      file,
      what,
      remedy: 'Correct it and try again',
    })),
  ];
}

function byPlace(one: Problem, other: Problem): number {
  return (
    one.file.localeCompare(other.file) || (one.line ?? 0) - (other.line ?? 0)
  );
}
