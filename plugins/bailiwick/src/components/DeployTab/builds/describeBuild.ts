import type { BuildView } from '@bailiwick/backstage-plugin-bailiwick-common/client';

/** Describes the progress or result of a build, with the reason if there is one. */
export function describeBuild({
  file,
  line,
  phase,
  why,
}: Pick<BuildView, 'file' | 'line' | 'phase' | 'why'>): string {
  const place = line ? `${file}, line ${line}: ` : '';
  return why ? `${phase}: ${place}${why}` : phase;
}

/** Lists the packages of a build with their versions; a dash while they are unknown. */
export function describePackages({
  packages,
  phase,
}: Pick<BuildView, 'packages' | 'phase'>): string {
  if (!packages) return '–';
  if (packages.length === 0 && phase === 'Succeeded')
    return 'All are in the runtime';
  return packages.map(({ name, version }) => `${name} ${version}`).join(', ');
}
