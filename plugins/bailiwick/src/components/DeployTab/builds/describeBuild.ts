import type { BuildView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  formatCount,
  formatRelease,
} from '@bailiwick/backstage-plugin-bailiwick-react';

/** Describes the progress or result of a build, with the reason if there is one. */
export function describeBuild({
  advisories,
  file,
  line,
  phase,
  why,
}: Pick<BuildView, 'advisories' | 'file' | 'line' | 'phase' | 'why'>): string {
  const place = line ? `${file}, line ${line}: ` : '';
  if (phase === 'Succeeded' && advisories)
    return `Succeeded: ${formatCount(advisories, 'advisory', 'advisories')}`;
  return why ? `${phase}: ${place}${why}` : phase;
}

/** Names what a build results in. */
export function describeContent({
  image,
  tools,
}: Pick<BuildView, 'image' | 'tools'>): string {
  if (tools) return 'JupyterLab';
  return image ? `Image of ${formatRelease(image.release)}` : 'Packages';
}

/** Lists the packages of a build with their versions; a dash while they are unknown. */
export function describePackages({
  image,
  packages,
  phase,
}: Pick<BuildView, 'image' | 'packages' | 'phase'>): string {
  if (!packages) return '–';
  if (image) return `${packages.length} in the image`;
  if (packages.length > 20) return formatCount(packages.length, 'package');
  if (packages.length === 0 && phase === 'Succeeded')
    return 'All are in the runtime';
  return packages.map(({ name, version }) => `${name} ${version}`).join(', ');
}
