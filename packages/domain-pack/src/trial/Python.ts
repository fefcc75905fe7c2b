import { once } from 'node:events';
import { cpSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { constants } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { Answer } from './checkAnswer';
import { ForkServer, type Running } from './ForkServer';
import { processorWaitOf } from './processorWaitOf';
import { truncateOutput } from './truncateOutput';

/** A Python with the dependencies of functions, and the folder of the package `bailiwick`. @public */
export interface PythonSetup {
  executable: string;
  runtime: string;
  /** Version of the runtime. */
  version: string;
  /** Folder with mypy's cache of library types; each test starts from a copy. */
  mypyCache?: string;
}

/** Result of a program: exit code and output. */
export interface Ended {
  ok: boolean;
  stdout: string;
  /** Complete output. */
  words: string;
}

/** Remedy for code that cannot be loaded. */
const loadRemedy = 'Correct the code there; nothing else was tested.';

/** Libraries of most apps, and the tools that test them. */
const preloaded = [
  'pandas',
  'bailiwick.serving.server',
  'bailiwick.testing',
  'pytest',
  'mypy.main',
];
/** Timeout of a program in milliseconds; a test that hangs fails. */
const longest = 120_000;
/** Most characters that a program may write. */
const maxCharacters = 16 * 1024 * 1024;
/** Grace period in milliseconds of a request after the time limit of its call. */
const requestGraceMs = 5000;
/** Milliseconds that an app has to stop. */
const stopMs = 3000;
const pollMs = 100;
/** Milliseconds until an app must be ready, without its waits for a processor: imports of large libraries take long. */
const startMs = 90_000;
/** The same with these waits. */
const longestStartMs = 600_000;
const logMs = 3000;
/** Maximum characters of an app's output to keep. */
const maxOutputCharacters = 100_000;
const informational = /^\{"time": .*"level": "info"/;

/** Options of a served app. */
export interface ServeOptions {
  /** Time limit of one call, seconds. */
  seconds: number;
  /** Functions and verbs that exceeded their time limit: they are not called again, and new ones are added. */
  slow: Set<string>;
}

/** Served functions of one app. */
export interface Serving {
  /** Calls a function; returns the error `not-called` if the function or the whole app did not respond before. */
  call(name: string, parameters: Record<string, unknown>): Promise<Answer>;
  /**
   * Returns the served contract of the app.
   *
   * @throws Error with the app's last output if there is none
   */
  contract(): Promise<unknown>;
  /** Returns the failed health checks, and the checks that could not run. */
  checks(): Promise<{ name: string; words: string; traceback?: string }[]>;
  /** Runs a verb; returns its error, `undefined` if it succeeded. */
  act(verb: string): Promise<Answer['error']>;
  stop(): Promise<void>;
}

/** Runs programs in the folder of an app, with the real function runtime. */
export class Python {
  readonly #server: ForkServer;

  /** @param cache - folder of this run only; two concurrent runs would mix up their modules */
  constructor(setup: PythonSetup, cache: string) {
    if (setup.mypyCache) cpSync(setup.mypyCache, cache, { recursive: true });
    const environment = {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      PYTHONPATH: setup.runtime,
      MYPYPATH: setup.runtime,
      // What is known of the libraries serves each app of the run.
      MYPY_CACHE_DIR: cache,
      PYTHONDONTWRITEBYTECODE: '1',
      PYTHONUNBUFFERED: '1',
    };
    this.#server = new ForkServer(setup.executable, environment, preloaded);
  }

  /** Ends all programs. */
  async stop(): Promise<void> {
    await this.#server.stop();
  }

  /** Runs `python -m <module>`. */
  async run(
    folder: string,
    module: string,
    ...given: string[]
  ): Promise<Ended> {
    const output = { stdout: '', stderr: '' };
    let why = '';
    const end = (running: Running, reason: string) => {
      why = `\n${reason}`;
      running.kill('SIGKILL');
    };
    const running = this.#server.start(
      { module, arguments: given, folder },
      ({ stream, text }, one) => {
        output[stream] += text;
        if (output[stream].length > maxCharacters)
          end(one, `Wrote more than ${maxCharacters} characters`);
      },
    );
    const late = `Timed out after ${longest / 1000} s`;
    const timer = setTimeout(() => end(running, late), longest);
    const exit = await running.ended;
    clearTimeout(timer);
    const { stderr, stdout } = output;
    return {
      ok: exit === 0,
      stdout,
      words: `${complaints(`${stdout}${stderr}`)}${why}`,
    };
  }

  /**
   * Serves the functions of an app on loopback.
   *
   * @throws Error with the reason why the code can't be loaded, or with its last output
   */
  async serve(folder: string, options: ServeOptions): Promise<Serving> {
    const port = await freePort();
    let words = '';
    const running = this.#server.start(
      {
        module: 'bailiwick',
        arguments: ['serve', '--host=127.0.0.1', `--port=${port}`],
        folder,
        environment: { BAILIWICK_LIMIT_SECONDS: String(options.seconds) },
      },
      ({ text }) => {
        words = `${words}${text}`.slice(-maxOutputCharacters);
      },
    );
    const stop = async () => {
      running.kill('SIGTERM');
      // An app whose event loop is blocked does not end by itself.
      const timer = setTimeout(() => running.kill('SIGKILL'), stopMs);
      await running.ended;
      clearTimeout(timer);
    };
    const said = () => complaints(words);
    const base = `http://127.0.0.1:${port}`;
    const started = Date.now();
    const isLate = () => {
      const passed = Date.now() - started;
      return (
        passed > longestStartMs ||
        (passed > startMs &&
          passed - (running.pid ? processorWaitOf(running.pid) : 0) > startMs)
      );
    };
    const hasEnded = () => running.exit !== undefined;
    while (!isLate() && !hasEnded()) {
      const answer = await fetch(`${base}/readyz`).catch(() => undefined);
      if (answer?.ok) return { ...clientFor(base, said, options), stop };
      const failure = await loadFailure(answer);
      if (failure !== undefined) {
        await stop();
        throw new Error(`${failure}\n${loadRemedy}`);
      }
      await pause(pollMs);
    }
    const why = hasEnded()
      ? `The app exited on start (${exitWords(running.exit!)})`
      : `The app was not ready within ${startMs / 1000} s`;
    await stop();
    throw new Error(
      [why, truncateOutput(plainLog(said()))].filter(Boolean).join('\n'),
    );
  }
}

/** Describes an exit code, or the negative number of a signal. */
function exitWords(exit: number): string {
  const signal = Object.entries(constants.signals).find(
    ([, number]) => number === -exit,
  );
  return signal ? signal[0] : `exit code ${exit}`;
}

/** Returns the reason why the runtime could not load the code, from `/readyz`; `undefined` while it loads. */
async function loadFailure(answer?: Response): Promise<string | undefined> {
  const { problems, status } = ((await answer?.json().catch(() => undefined)) ??
    {}) as {
    status?: string;
    problems?: { file: string; line: number; message: string }[];
  };
  return status === 'failed'
    ? (problems ?? [])
        .map(({ file, line, message }) => `${file}:${line}: ${message}`)
        .join('\n')
    : undefined;
}

/** Converts the runtime's JSON log lines into messages and tracebacks. */
function plainLog(text: string): string {
  return text
    .split('\n')
    .map(line => {
      if (!line.startsWith('{"time": ')) return line;
      try {
        const { message, traceback } = JSON.parse(line);
        return [message, traceback].filter(Boolean).join('\n');
      } catch {
        // The beginning of the line is not kept any more, or the app itself wrote it.
        return line;
      }
    })
    .join('\n');
}

/** Returns the output of a program without the runtime's routine messages. */
function complaints(text: string): string {
  return text
    .trim()
    .split('\n')
    .filter(line => !informational.test(line))
    .join('\n');
}

/**
 * Waits until the log has the traceback of a failure, as its lines arrive independently of responses.
 *
 * @param words - returns the last output of the app
 * @param isOf - whether a line of the log describes the failure
 */
async function tracebackOf(
  words: () => string,
  isOf: (line: { call?: string; message?: string }) => boolean,
): Promise<string | undefined> {
  const end = Date.now() + logMs;
  for (;;) {
    const found = words()
      .split('\n')
      .flatMap(line => {
        try {
          const { traceback, ...rest } = JSON.parse(line);
          return traceback && isOf(rest) ? [String(traceback)] : [];
        } catch {
          // Not all of the line has arrived yet, or the app itself wrote it.
          return [];
        }
      })
      .at(-1);
    if (found !== undefined || Date.now() > end) return found;
    await pause(pollMs);
  }
}

/** @param words - last output of the app */
function clientFor(
  base: string,
  words: () => string,
  { seconds, slow }: ServeOptions,
): Omit<Serving, 'stop'> {
  const longestRequest = seconds * 1000 + requestGraceMs;
  /** The request after which the app no longer responds. */
  let hungAt: string | undefined;
  const withTraceback = async ({ error, ...rest }: Answer): Promise<Answer> => {
    if (error?.type !== 'function-failed' || !error.id)
      return { ...rest, ...(error && { error }) };
    const traceback = await tracebackOf(words, ({ call }) => call === error.id);
    return { ...rest, error: { ...error, ...(traceback && { traceback }) } };
  };
  const refusal = (type: string, message: string, limit?: number) => ({
    error: { type, message, ...(limit && { limit }) },
  });
  /** Returns the text and status of a response, or the reason why there is none. */
  const request = async (path: string, body?: object) => {
    if (hungAt !== undefined)
      return refusal(
        'not-called',
        `the app has not responded since ${hungAt} was called`,
      );
    const options = body && {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    };
    try {
      const answer = await fetch(`${base}${path}`, {
        ...options,
        signal: AbortSignal.timeout(longestRequest),
      });
      return { status: answer.status, text: await answer.text() };
    } catch (error) {
      const said = `Last output:\n${truncateOutput(plainLog(words()))}`;
      if ((error as Error).name !== 'TimeoutError')
        return refusal('no-answer', `The app exited. ${said}`);
      const limit = longestRequest / 1000;
      hungAt = path.split('/').at(-1);
      return refusal(
        'too-slow',
        `The app did not respond within ${limit} s. ${said}`,
        limit,
      );
    }
  };
  const post = async (path: string, parameters: object): Promise<Answer> => {
    const got = await request(path, parameters);
    if ('error' in got) return got;
    try {
      return await withTraceback(JSON.parse(got.text) as Answer);
    } catch {
      return refusal(
        'no-answer',
        `HTTP ${got.status}: ${truncateOutput(got.text)}`,
      );
    }
  };
  const postOnce = async (
    kind: string,
    name: string,
    parameters: object,
  ): Promise<Answer> => {
    if (slow.has(name))
      return refusal('not-called', 'it exceeded its time limit earlier');
    const answer = await post(`/${kind}/${name}`, parameters);
    if (answer.error?.type === 'too-slow') slow.add(name);
    return answer;
  };
  const get = async (path: string): Promise<unknown> => {
    const got = await request(path);
    if ('error' in got) throw new Error(got.error.message);
    try {
      return JSON.parse(got.text);
    } catch {
      throw new Error(`HTTP ${got.status}: ${truncateOutput(got.text)}`);
    }
  };
  return {
    call: (name, parameters) => postOnce('call', name, parameters),
    act: async verb => (await postOnce('verb', verb, {})).error,
    contract: () => get('/contract'),
    async checks() {
      const read = await get('/checks').catch((error: Error) => error);
      if (read instanceof Error) return [{ name: '', words: read.message }];
      const { checks } = read as {
        checks: { name: string; state: string; message: string }[];
      };
      return Promise.all(
        checks
          .filter(({ state }) => state !== 'passed')
          .map(async ({ message, name, state }) => ({
            name,
            words: `${name} ${
              state === 'failed' ? 'failed' : 'could not be evaluated'
            }: ${message.replace(/[.]+$/, '')}`,
            ...(state !== 'failed' && {
              traceback: await tracebackOf(
                words,
                line => line.message === `${name} failed`,
              ),
            }),
          })),
      );
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await once(server.close(), 'close');
  return port;
}
