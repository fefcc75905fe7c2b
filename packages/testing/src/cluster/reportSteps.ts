import type { ClusterState } from '@bailiwick/backstage-local-cluster';

/** Milliseconds between two lines about one step. */
const detailMs = 10_000;

/**
 * Returns a function that reports the progress of a control plane's start: each step once, and its progress. A first
 * start builds programs for minutes.
 */
export function reportSteps(
  tell: (line: string) => void,
  now: () => number = Date.now,
): (state: Pick<ClusterState, 'steps'>) => void {
  const told = new Map<string, { text: string; at: number }>();
  return ({ steps }) => {
    for (const { detail, state, title } of steps) {
      if (state !== 'running') continue;
      const before = told.get(title);
      const text = detail ? `${title}: ${detail}` : title;
      if (before && (before.text === text || now() - before.at < detailMs))
        continue;
      told.set(title, { text, at: now() });
      tell(`… ${text}`);
    }
  };
}
