import {
  domainPackKind,
  validate,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { compileSource } from '../compile';
import { limits } from '../folder/readPackFolder';
import type { Problem } from '../Problem';
import { readSource, type SourceOfPack } from '../source/readSource';
import { checkDatasets } from './checks/checkDatasets';
import { checkNames } from './checks/checkNames';
import { checkParameters } from './checks/checkParameters';
import { checkReferences } from './checks/checkReferences';
import { checkTemplates } from './checks/checkTemplates';
import { checkVocabulary } from './checks/checkVocabulary';

const checks = [
  checkNames,
  checkVocabulary,
  checkDatasets,
  checkReferences,
  checkParameters,
  checkTemplates,
];

/** Reads a pack and says everything that is wrong with it, file by file and line by line. */
export function lintSource(folder: string): {
  pack?: SourceOfPack;
  problems: Problem[];
} {
  const { pack, problems } = readSource(folder);
  if (!pack) return { problems };
  const found = [...problems, ...checks.flatMap(check => check(pack))];
  const all = found.length > 0 ? found : objectProblems(pack);
  return { pack, problems: all.sort(byPlace) };
}

/** Everything that is wrong with the pack in a folder; empty when it can be used. */
export function lintPack(folder: string): Problem[] {
  return lintSource(folder).problems;
}

/** Why the API server would refuse the compiled pack. */
function objectProblems(pack: SourceOfPack): Problem[] {
  const { file } = pack.document;
  const object = compileSource(pack);
  const { length } = Buffer.from(JSON.stringify(object));
  const tooLarge = {
    file,
    what: `The compiled pack has ${length} bytes, more than ${limits.bytes}`,
    remedy:
      'Make the data smaller: each archetype has its own copy of what it names',
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
