import type { PackFiles } from '../folder/readPackFolder';
import { readTable } from './readTable';

const tables = new WeakMap<
  PackFiles,
  Map<string, ReturnType<typeof readTable>>
>();

/** Returns the table in a CSV file of a pack, or why it is none; `undefined` for other files. Each file is read once. */
export function tableOf(
  files: PackFiles,
  file: string,
): ReturnType<typeof readTable> | undefined {
  const text = files.get(file);
  if (text === undefined || !file.endsWith('.csv')) return undefined;
  const known = tables.get(files) ?? new Map();
  tables.set(files, known);
  if (!known.has(file)) known.set(file, readTable(file, text));
  return known.get(file);
}
