import type { ClusterState, Step } from '../state/ClusterState';
import { note } from './output';

/**
 * Returns a listener that prints a start's steps: once at the start, once at the end with the duration.
 */
export function progressPrinter() {
  const shown = new Map<string, string>();
  let why = '';
  return (state: ClusterState): void => {
    if (why !== state.why) {
      why = state.why;
      note(`Cluster ${state.name}: ${state.provider}, because ${why}.`);
    }
    for (const step of state.steps) {
      const line = describe(step);
      if (line && shown.get(step.name) !== line) {
        shown.set(step.name, line);
        note(line);
      }
    }
  };
}

const marks: Partial<Record<Step['state'], string>> = {
  running: '…',
  done: '✓',
  failed: '✗',
  skipped: '-',
};

function describe({ state, title, seconds, detail }: Step): string | undefined {
  const mark = marks[state];
  const more = detail ? `: ${detail}` : '';
  const time = seconds === undefined ? '' : ` (${seconds.toFixed(1)} s)`;
  return mark && `  ${mark} ${title}${more}${time}`;
}
