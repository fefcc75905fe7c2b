import { spawn } from 'node:child_process';

/** Maximum length of a program's error output in a message, in characters. */
const LAST_WORDS = 600;

/** Options of running a program to its end. */
interface RunOptions {
  directory?: string;
  environment?: NodeJS.ProcessEnv;
  input?: string;
  signal?: AbortSignal;
  /** In milliseconds; none unless given. */
  timeout?: number;
  /** Hears each line of standard error as it comes. */
  onComplaint?: (line: string) => void;
}

/**
 * Runs a program and returns its standard output.
 *
 * @throws Error with the name of the program and the end of its error output when it cannot be started or fails
 */
export function run(
  program: string,
  programArguments: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, programArguments, {
      cwd: options.directory,
      env: options.environment,
      signal: options.signal,
      timeout: options.timeout,
    });
    let output = '';
    let complaints = '';
    child.stdout.setEncoding('utf8').on('data', text => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaints = (complaints + text).slice(-64 * 1024);
      for (const line of text.split('\n').filter(Boolean))
        options.onComplaint?.(line);
    });
    child.stdin.on('error', () => {}); // it may end without reading
    child.stdin.end(options.input);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) resolve(output);
      else {
        const last = (complaints || output)
          .trim()
          .split('\n')
          .slice(-3)
          .join(' ')
          .slice(-LAST_WORDS);
        reject(
          new Error(
            `${program} ended with ${signal ?? `code ${code}`}: ${last}`,
          ),
        );
      }
    });
  });
}

/** Like {@link run}, with `undefined` for every failure: for inspecting a machine. */
export async function tryRun(
  program: string,
  programArguments: readonly string[],
  options: RunOptions = {},
): Promise<string | undefined> {
  try {
    return await run(program, programArguments, { timeout: 5000, ...options });
  } catch {
    return undefined;
  }
}
