import {
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { ClusterError } from './ClusterError';

interface WriteOptions {
  mode?: number;
  durable?: boolean;
}

/**
 * Writes a file so that readers see either the old or the new content, never a part.
 *
 * @param options - `mode`: permission bits, 0644 unless given; `durable`: also after a power failure
 */
export function replaceFile(
  path: string,
  content: string,
  { mode = 0o644, durable = false }: WriteOptions = {},
): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.new`;
  try {
    // Without a flush, a power failure may leave an empty file under the new name.
    writeFileSync(temporary, content, { mode, flush: durable });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Writes a value as JSON, see {@link replaceFile}. */
export function replaceJson(
  path: string,
  value: object,
  options?: WriteOptions,
): void {
  replaceFile(path, `${JSON.stringify(value, null, 2)}\n`, options);
}

/** Returns the content of a file; `undefined` if it does not exist. */
export function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Returns the content of a JSON file; `undefined` if it does not exist.
 *
 * @param options - `remedy`: next step for a damaged file; `isComplete`: whether an object has all required fields
 * @throws ClusterError when the content is not a complete JSON object
 */
export function readJson<T extends object>(
  path: string,
  {
    isComplete,
    remedy,
  }: { remedy: string; isComplete: (value: Partial<T>) => boolean },
): T | undefined {
  const content = readIfThere(path);
  if (content === undefined) return undefined;
  const value = parseObject<T>(content);
  if (value && isComplete(value)) return value;
  throw new ClusterError(`${path} is damaged.`, remedy);
}

/** Parses a JSON object; undefined for anything else. */
export function parseObject<T extends object>(content: string): T | undefined {
  try {
    const value = JSON.parse(content);
    return value !== null && typeof value === 'object' ? value : undefined;
  } catch {
    return undefined;
  }
}
