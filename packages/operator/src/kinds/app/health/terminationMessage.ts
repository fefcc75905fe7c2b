/** Characters that are told at most. */
const maxLength = 300;
/** Levels at which a program says that all is well. */
const quietLevels = ['debug', 'info', 'warning'];
/** Where a line ends, or where the runtime began one before the code of an app had ended its own. */
const lineEnd = /\n|(?=\{"time": ?"\d{4}-\d\d-\d\dT)/;

/**
 * What a container said last that may say why it ended: its last line that is no report of the runtime that all is
 * well. @param message - the end of its log
 */
export function terminationMessage(message = ''): string {
  // Words of the kubelet, which found no log.
  if (message.startsWith('Error on reading termination')) return '';
  const lines = message.trim().split(lineEnd);
  // Of the first line only the end may be there.
  if (/^[^{].*"}$/.test(lines[0])) lines.shift();
  const words = lines.map(messageOf).findLast(text => text !== '') ?? '';
  return words.slice(0, maxLength);
}

/** The runtime writes its log as JSON, one object in each line. */
function messageOf(line: string): string {
  const { level, message } = parse(line);
  if (typeof level !== 'string') return line.trim();
  return quietLevels.includes(level) ? '' : `${message ?? ''}`;
}

function parse(line: string): { level?: unknown; message?: unknown } {
  if (!line.startsWith('{')) return {};
  try {
    return JSON.parse(line);
  } catch {
    return {};
  }
}
