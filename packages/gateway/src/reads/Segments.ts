import {
  appendFile,
  mkdir,
  readdir,
  readFile,
  rm,
  stat,
} from 'node:fs/promises';
import { join } from 'node:path';

const segmentCount = 8;
const pattern = /^reads-(\d{8})\.jsonl$/;

/** Lines in numbered files of a folder. When the folder is full, the oldest file is deleted. */
export class Segments {
  readonly #folder: string;
  readonly #maxBytes: number;
  /** Number and size of the file to which lines are appended. */
  #current = { number: 1, bytes: 0 };
  /** Whether the last write may have left a line without its end. */
  #isCut = false;

  constructor(folder: string, maxBytes: number) {
    this.#folder = folder;
    this.#maxBytes = maxBytes;
  }

  /** Creates the folder and continues after the newest file. @throws Error when the folder cannot be used */
  async open(): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const newest = (await this.#numbers()).at(-1);
    if (newest === undefined) return;
    const { size } = await stat(this.#path(newest));
    this.#current = { number: newest, bytes: size };
    this.#isCut = size > 0;
  }

  /** Appends complete lines. @throws Error when the disk is full or cannot be written */
  async append(lines: string): Promise<void> {
    if (this.#current.bytes >= this.#maxBytes / segmentCount)
      this.#current = { number: this.#current.number + 1, bytes: 0 };
    // An empty line ends one that a killed process or a full disk cut; readers skip it.
    const text = this.#isCut ? `\n${lines}` : lines;
    this.#isCut = true;
    await appendFile(this.#path(this.#current.number), text, { mode: 0o600 });
    this.#isCut = false;
    this.#current.bytes += Buffer.byteLength(text);
    const numbers = await this.#numbers();
    for (const number of numbers.slice(0, -segmentCount))
      await rm(this.#path(number), { force: true });
  }

  /** Yields the lines of each file, the newest file first. */
  async *newestFirst(): AsyncGenerator<string[]> {
    for (const number of (await this.#numbers()).reverse()) {
      const text = await readFile(this.#path(number), 'utf8').catch(
        (error: NodeJS.ErrnoException) => {
          if (error.code === 'ENOENT') return ''; // deleted meanwhile
          throw error;
        },
      );
      yield text.split('\n').filter(Boolean);
    }
  }

  async #numbers(): Promise<number[]> {
    return (await readdir(this.#folder))
      .flatMap(name => pattern.exec(name)?.[1] ?? [])
      .map(Number)
      .sort((one, other) => one - other);
  }

  #path(number: number): string {
    const digits = String(number).padStart(8, '0');
    return join(this.#folder, `reads-${digits}.jsonl`);
  }
}
