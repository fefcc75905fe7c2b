import { spawn } from 'node:child_process';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { text } from 'node:stream/consumers';
import { adaptProgram, packProgram, unpackProgram } from './archives';

/** Writes the files of a folder of this machine into an archive. @throws Error with the reason */
export async function packFolder(folder: string, file: string): Promise<void> {
  const child = spawn('python3', ['-c', packProgram, folder], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  await Promise.all([
    pipeline(child.stdout, createWriteStream(file)),
    success(child),
  ]);
}

/** Fills a folder of this machine with the files of an archive. @throws Error with the reason */
export async function unpackFolder(
  file: string,
  folder: string,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  await runOn(folder, unpackProgram, createReadStream(file));
}

/** Replaces former UIDs in the files of a folder of this machine. @throws Error with the reason */
export async function adaptFolder(
  folder: string,
  uids: ReadonlyMap<string, string>,
): Promise<void> {
  await runOn(folder, adaptProgram, Readable.from([lineOf(uids)]));
}

/** Returns the input of {@link adaptProgram}. */
export function lineOf(uids: ReadonlyMap<string, string>): string {
  return `${JSON.stringify(Object.fromEntries(uids))}\n`;
}

async function runOn(
  folder: string,
  program: string,
  input: Readable,
): Promise<void> {
  const child = spawn('python3', ['-c', program, folder], {
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  // If the program fails, its own message says more than that of the pipe.
  const sent = pipeline(input, child.stdin).catch((error: Error) => error);
  await success(child);
  const problem = await sent;
  if (problem) throw problem;
}

async function success(child: ReturnType<typeof spawn>): Promise<void> {
  const code = new Promise<number | null>((resolve, reject) => {
    child.once('close', resolve).once('error', reject);
  });
  const [exit, errors] = await Promise.all([code, text(child.stderr!)]);
  if (exit !== 0)
    throw new Error(errors.trim() || `python3 ended with ${exit}`);
}
