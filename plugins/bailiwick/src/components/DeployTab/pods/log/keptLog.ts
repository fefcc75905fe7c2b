import type {
  LogLine,
  LogMessage,
  LogView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';

/** Lines and characters that a browser keeps of a log. */
const most = { lines: 5_000, characters: 2_000_000 };

/** The newest part of a log. */
export interface KeptLog extends LogView {
  /** Number of older lines that were dropped. */
  dropped: number;
}

/** Appends new lines to a log; must be the same function between calls. */
export function keepLog(
  before: KeptLog | undefined,
  message: LogMessage,
): KeptLog {
  if (message.type === 'start') return asKept(message);
  if (!before) return asKept({ lines: [], notes: [] });
  if (message.type === 'pods') return { ...before, notes: podNotes(message) };
  return cut({ ...before, lines: [...before.lines, ...message.lines] });
}

/** A log that was read once. */
export function asKept({ lines, notes }: LogView): KeptLog {
  return cut({ lines, notes, dropped: 0 });
}

function cut(log: KeptLog): KeptLog {
  const { dropped, lines } = log;
  let from = Math.max(0, lines.length - most.lines);
  let characters = sizeOf(lines.slice(from));
  while (characters > most.characters && from < lines.length - 1) {
    characters -= lines[from].text.length;
    from += 1;
  }
  return from === 0
    ? log
    : { ...log, lines: lines.slice(from), dropped: dropped + from };
}

function sizeOf(lines: LogLine[]): number {
  return lines.reduce((sum, { text }) => sum + text.length, 0);
}

function podNotes({
  came,
  notes,
  went,
}: {
  came: string[];
  notes: string[];
  went: string[];
}) {
  return [
    ...notes,
    ...went.map(pod => `Pod ${pod} was deleted.`),
    ...came.map(pod => `Pod ${pod} started.`),
  ];
}
