import type { FleetEnvironment } from '@bailiwick/backstage-plugin-bailiwick-common/client';

function codeWords(place: FleetEnvironment | undefined): string {
  if (place?.release) return place.release;
  if (place?.commit) return `draft ${place.commit.slice(0, 8)}`;
  return place ? 'not deployed' : '–';
}

/**
 * What runs in an environment: a release, or the beginning of a commit, and whether it is paused when its
 * health does not say so; a dash for no environment.
 */
export function describeRevision(place: FleetEnvironment | undefined): string {
  const isSilent = place?.paused && place.health !== 'Suspended';
  return `${isSilent ? 'paused, ' : ''}${codeWords(place)}`;
}
