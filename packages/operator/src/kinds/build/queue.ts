import { keyOf } from '@bailiwick/backstage-kube-controller';
import type { Build } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';

/** Whether a build has not ended. */
export function isOpen({ status }: Build): boolean {
  return (
    !status?.phase || status.phase === 'Pending' || status.phase === 'Running'
  );
}

/** The next build of a tenant, and those behind it. */
interface Line {
  builds: Build[];
  /** Time since which its next build has been waiting for a turn (RFC 3339). */
  since: string;
}

/**
 * Returns the builds that run or can start, at most one per tenant: first those that run, then those that have waited
 * longest for a turn. A tenant waits from the end of its last build, so that one with many builds does not hold up
 * others. Dockerfiles, which take longest, never take all places.
 *
 * @param places - maximum number of concurrent builds
 */
export function turnsOf(builds: readonly Build[], places: number): Build[] {
  const turns: Build[] = [];
  const most = Math.max(1, places - 1);
  for (const { builds: line } of linesOf(builds)) {
    const isCrowded = turns.filter(hasDockerfile).length >= most;
    const next = line.find(
      one => isRunning(one) || !isCrowded || !hasDockerfile(one),
    );
    if (next && turns.length < places) turns.push(next);
  }
  return turns;
}

function hasDockerfile({ spec }: Build): boolean {
  return spec.image?.dockerfile === true;
}

/** Returns open builds in the order of their start: a build of each tenant in turn. */
export function queueOf(builds: readonly Build[]): Build[] {
  const lines = linesOf(builds);
  const rounds = Math.max(0, ...lines.map(line => line.builds.length));
  return Array.from({ length: rounds }, (_, round) =>
    lines.flatMap(line => line.builds.slice(round, round + 1)),
  ).flat();
}

function linesOf(builds: readonly Build[]): Line[] {
  const lines = new Map<string, Build[]>();
  for (const build of builds.filter(isOpen).sort(byProgressAndAge)) {
    const tenant = build.metadata.namespace ?? '';
    lines.set(tenant, [...(lines.get(tenant) ?? []), build]);
  }
  const ends = lastEnds(builds);
  return [...lines]
    .map(([tenant, line]) => ({
      builds: line,
      since: [ageOf(line[0]), ends.get(tenant) ?? ''].sort().pop()!,
    }))
    .sort(
      (a, b) =>
        byProgress(a.builds[0], b.builds[0]) ||
        a.since.localeCompare(b.since) ||
        byProgressAndAge(a.builds[0], b.builds[0]),
    );
}

/** Returns when the last build of each tenant ended. */
function lastEnds(builds: readonly Build[]): Map<string, string> {
  const ends = new Map<string, string>();
  for (const { metadata, status } of builds) {
    const tenant = metadata.namespace ?? '';
    const end = status?.finishedAt ?? '';
    if (end > (ends.get(tenant) ?? '')) ends.set(tenant, end);
  }
  return ends;
}

function byProgress(a: Build, b: Build): number {
  return Number(isRunning(b)) - Number(isRunning(a));
}

function byProgressAndAge(a: Build, b: Build): number {
  return (
    byProgress(a, b) ||
    ageOf(a).localeCompare(ageOf(b)) ||
    keyOf(a).localeCompare(keyOf(b))
  );
}

function isRunning({ status }: Build): boolean {
  return status?.phase === 'Running';
}

function ageOf({ metadata }: Build): string {
  return metadata.creationTimestamp ?? '';
}
