import { readableText } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { LogLine } from '@bailiwick/backstage-plugin-bailiwick-common/client';

/** Field names that programs use for message and severity. */
const messageNames = ['message', 'msg', 'event'];
const levelNames = ['level', 'severity', 'levelname', 'lvl'];
const timeNames = ['timestamp', 'time', 'ts', '@timestamp'];

/**
 * A line that is a JSON object as people read it: level, message and the rest as `name=value`; any
 * other line as it is.
 */
export function formatJsonLine(text: string): string {
  const fields = fieldsOf(text);
  if (!fields) return text;
  const take = (names: string[]) => {
    const name = names.find(one => typeof fields[one] === 'string');
    if (!name) return '';
    const { [name]: value } = fields;
    delete fields[name];
    return String(value);
  };
  const level = take(levelNames).toUpperCase();
  const message = take(messageNames);
  take(timeNames); // The line has its own.
  const rest = Object.entries(fields).map(
    ([name, value]) => `${name}=${valueWords(value)}`,
  );
  const words = [level, message, ...rest].filter(Boolean).join(' ');
  // JSON may have contained the part that was removed from the line.
  return readableText(words.replace(/\r?\n/g, ' ⏎ '));
}

function fieldsOf(text: string): Record<string, unknown> | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function valueWords(value: unknown): string {
  return typeof value === 'string' && /^\S+$/.test(value)
    ? value
    : JSON.stringify(value);
}

/** Formats a time in the reader's zone, to the millisecond. */
export function formatClock(at: string): string {
  const time = new Date(at);
  if (Number.isNaN(time.getTime())) return at;
  const two = (value: number) => String(value).padStart(2, '0');
  const parts = [time.getHours(), time.getMinutes(), time.getSeconds()];
  const rest = String(time.getMilliseconds()).padStart(3, '0');
  return `${parts.map(two).join(':')}.${rest}`;
}

/** The end of a pod's name, which differs among the pods of an app. */
export function shortName(pod: string): string {
  return pod.split('-').at(-1) ?? pod;
}

/** Positions of the lines in which a text is found, whatever its case; none for an empty text. */
export function findLines(texts: string[], wanted: string): number[] {
  const needle = wanted.toLowerCase();
  if (!needle) return [];
  return texts.flatMap((text, at) =>
    text.toLowerCase().includes(needle) ? [at] : [],
  );
}

/**
 * The position to go to from another one, which need not be found itself; past the end comes the
 * first, and before the beginning the last.
 */
export function nextOf(
  found: number[],
  by: 1 | -1,
  from?: number,
): number | undefined {
  if (from === undefined) return by === 1 ? found[0] : found.at(-1);
  return by === 1
    ? found.find(one => one > from) ?? found[0]
    : found.filter(one => one < from).at(-1) ?? found.at(-1);
}

/** Splits a text, with the hits as every second part. */
export function splitAt(text: string, wanted: string): string[] {
  if (!wanted) return [text];
  const pattern = wanted.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return text.split(new RegExp(`(${pattern})`, 'gi'));
}

/** A log as a file. */
export function fileOf(lines: LogLine[]): string {
  return lines
    .map(
      ({ at, container, pod, text }) => `${at} ${pod}/${container} ${text}\n`,
    )
    .join('');
}
