import type { ClusterState, Step } from '../state/ClusterState';
import { note } from './output';

/**
 * Makes a listener that shows a start's steps: each once when it begins with what it does, once when it
 * ends with its time.
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
