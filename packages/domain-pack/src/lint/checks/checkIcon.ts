import type { Problem } from '../../problem/Problem';
import type { PackSource } from '../../source/readSource';
import { problemsIn } from './problemsIn';
import { svgProblems } from './svgProblems';

/** Returns problems of the pack's icon: a missing file, or an SVG that is more than shapes. */
export function checkIcon({ document, files, source }: PackSource): Problem[] {
  const icon = source?.spec.presentation?.icon;
  if (!icon) return [];
  const text = files.get(icon);
  if (text !== undefined) return svgProblems(icon, text);
  const present = [...files.keys()].filter(path => /^[^/]+\.svg$/.test(path));
  return problemsIn(document, refuse =>
    refuse(
      ['spec', 'presentation', 'icon'],
      `The icon ${icon} does not exist`,
      present.length > 0
        ? `Name one of: ${present.join(', ')}`
        : 'Put the file beside pack.yaml, or delete icon',
    ),
  );
}
