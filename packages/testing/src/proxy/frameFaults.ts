import type { Gate } from './Gate';
import type { Fault, FrameFault } from './Fault';

const frames = (name: string, change: () => FrameFault): Fault => ({
  type: 'frames',
  name,
  change,
});

/** Keeps all frames back while a gate is closed. */
export function holdFrames(gate: Gate): Fault {
  return frames('hold', () => async line => {
    await gate.passed();
    return [line];
  });
}

/** Sends each frame twice. */
export function duplicateFrames(): Fault {
  return frames('duplicate', () => line => [line, line]);
}

/** After each frame sends the one before it again, which is older. */
export function reorderFrames(): Fault {
  return frames('reorder', () => {
    let older: string | undefined;
    return line => {
      if (typeOf(line) === 'BOOKMARK') return [line];
      const lines = older === undefined ? [line] : [line, older];
      older = line;
      return lines;
    };
  });
}

/** Leaves frames of some types out. */
export function dropFrames(...types: string[]): Fault {
  return frames(
    'drop',
    () => line => types.includes(typeOf(line)) ? [] : [line],
  );
}

/** Cuts the n-th frame that is no bookmark in the middle. */
export function truncateFrame(nth: number): Fault {
  return spoil('truncate', nth, line => line.slice(0, line.length / 2));
}

/** Puts bytes into the n-th frame that is no bookmark that are no JSON. */
export function corruptFrame(nth: number): Fault {
  return spoil('corrupt', nth, line => `${line.slice(0, 20)}\u0007}${line}`);
}

/** Sends an error frame as the n-th one. */
export function errorFrame(nth: number, status: object): Fault {
  return spoil('error', nth, () =>
    JSON.stringify({ type: 'ERROR', object: status }),
  );
}

function spoil(
  name: string,
  nth: number,
  change: (line: string) => string,
): Fault {
  let seen = 0;
  return frames(name, () => line => {
    if (typeOf(line) === 'BOOKMARK') return [line];
    seen += 1;
    return [seen === nth ? change(line) : line];
  });
}

/** Type of a frame, read without parsing all of it. */
export function typeOf(line: string): string {
  return /^\{"type":"([A-Z]+)"/.exec(line)?.[1] ?? '';
}
