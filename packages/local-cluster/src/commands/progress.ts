import type { ClusterState, Step } from '../state/ClusterState';
import { note } from './output';

/**
 * Makes a listener that shows a start's steps: each once when it begins with what it does, once when it
 * ends with its time.
 */
export function progressPrinter(print: (line: string) => void = note) {
  const shown = new Map<string, string>();
  let why = '';
  return (state: ClusterState): void => {
    if (why !== state.why) {
      why = state.why;
      print(`Cluster ${state.name}: ${state.provider}, because ${why}.`);
    }
    for (const step of state.steps) {
      const line = describe(step);
      if (line && shown.get(step.name) !== line) {
        shown.set(step.name, line);
        print(line);
      }
    }
  };
}

function describe({ state, title, seconds, detail }: Step): string | undefined {
  const more = detail ? `: ${detail}` : '';
  switch (state) {
    case 'running':
      return `  … ${title}${more}`;
    case 'done':
      return `  ✓ ${title}${more} (${seconds?.toFixed(1)} s)`;
    case 'failed':
      return `  ✗ ${title}${more} (${seconds?.toFixed(1)} s)`;
    case 'skipped':
      return `  - ${title}${more}`;
    default:
      return undefined;
  }
}
