import type { Logger } from '@bailiwick/backstage-kube-controller';
import { callHistorySchema } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { CallRecorder } from './CallRecorder';

const tickMs = 10_000;
const saveMs = 5 * 60_000;

/** Options of {@link HistoryKeeper}. */
interface HistoryKeeperOptions {
  /** Stores the history across restarts; without a file it starts empty. */
  file?: string;
  log: Logger;
}

/** Keeps the call history while the gateway runs, and in a file across restarts. */
export class HistoryKeeper {
  readonly recorder = new CallRecorder();
  readonly #options: HistoryKeeperOptions;
  #timers: NodeJS.Timeout[] = [];

  constructor(options: HistoryKeeperOptions) {
    this.#options = options;
  }

  /** Reads the file and starts. An unreadable file is reported, and replaced later. */
  async start(): Promise<void> {
    const { file, log } = this.#options;
    if (file) {
      try {
        const text = await readFile(file, 'utf8');
        this.recorder.restore(callHistorySchema.parse(JSON.parse(text)));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
          log.warn("Can't read the call history; it starts empty", {
            file,
            error: String(error),
          });
      }
    }
    this.recorder.tick();
    this.#timers = [
      setInterval(() => this.recorder.tick(), tickMs).unref(),
      setInterval(() => this.#save(), saveMs).unref(),
    ];
  }

  /** Saves the history and stops. */
  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    await this.#save();
  }

  async #save(): Promise<void> {
    const { file, log } = this.#options;
    if (!file) return;
    try {
      const text = JSON.stringify(this.recorder.read());
      await writeFile(`${file}.new`, text, { mode: 0o600 });
      await rename(`${file}.new`, file);
    } catch (error) {
      log.warn("Can't save the call history", { file, error: String(error) });
    }
  }
}
