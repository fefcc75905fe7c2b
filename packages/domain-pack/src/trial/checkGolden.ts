import { createTwoFilesPatch } from 'diff';
import type { PackFiles } from '../folder/readPackFolder';

/** Time limit of a comparison in milliseconds; after that, the message says only that two files differ. */
const longest = 2000;

/**
 * Compares the patches of rendering with the golden files. Returns a unified diff for each difference.
 *
 * @param kept - golden files by their paths in their folder
 * @param rendered - the current patches of the templates
 */
export function checkGolden(kept: PackFiles, rendered: PackFiles): string[] {
  const paths = [...new Set([...kept.keys(), ...rendered.keys()])].sort();
  const differences = paths.flatMap(path =>
    differenceOf(path, kept.get(path), rendered.get(path)),
  );
  return differences.length === 0
    ? []
    : [
        ...differences,
        'If the change is intended, run "bailiwick pack test --update" and review the patches.',
      ];
}

function differenceOf(path: string, kept?: string, rendered?: string) {
  if (kept === rendered) return [];
  if (kept === undefined) return [`golden/${path} does not exist`];
  if (rendered === undefined) return [`No template renders golden/${path}`];
  const patch = createTwoFilesPatch(
    `golden/${path}`,
    `rendered/${path}`,
    kept,
    rendered,
    undefined,
    undefined,
    { context: 3, timeout: longest },
  );
  return [
    patch?.replace(/^=+\n/, '').trimEnd() ??
      `golden/${path} and the rendered file have little in common`,
  ];
}
