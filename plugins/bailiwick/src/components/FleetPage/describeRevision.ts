import { formatCommit } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { FleetEnvironment } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { formatRelease } from '@bailiwick/backstage-plugin-bailiwick-react';

function codeWords(place: FleetEnvironment | undefined): string {
  if (place?.release) return formatRelease(place.release);
  if (place?.commit) return `draft ${formatCommit(place.commit)}`;
  return place ? 'not deployed' : '–';
}

/**
 * Describes the release or the short commit of an environment, and a pause that its health does not show; a dash
 * without an environment.
 */
export function describeRevision(place: FleetEnvironment | undefined): string {
  const isSilent = place?.paused && place.health !== 'Suspended';
  return `${isSilent ? 'paused, ' : ''}${codeWords(place)}`;
}
