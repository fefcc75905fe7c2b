import { parseObject } from '../../../parseObject';

/** Maximum length of the message. */
const maxLength = 300;
/** Log levels that report no problem. */
const quietLevels = ['debug', 'info', 'warning'];
/** End of a line, or start of a log entry of the runtime within an unfinished line of the app. */
const lineEnd = /\n|(?=\{"time": ?"\d{4}-\d\d-\d\dT)/;

/**
 * Returns the last line of a container's log that may explain its end, without routine log entries of the runtime.
 *
 * @param message - the end of its log
 */
export function terminationMessage(message = ''): string {
  // The kubelet found no log.
  if (message.startsWith('Error on reading termination')) return '';
  const lines = message.trim().split(lineEnd);
  // The first line may be cut off.
  if (/^[^{].*"}$/.test(lines[0])) lines.shift();
  const words = lines.map(messageOf).findLast(text => text !== '') ?? '';
  return words.slice(0, maxLength);
}

/** The runtime logs one JSON object per line. */
function messageOf(line: string): string {
  const { level, message } = parseObject(line);
  if (typeof level !== 'string') return line.trim();
  return quietLevels.includes(level) ? '' : `${message ?? ''}`;
}
