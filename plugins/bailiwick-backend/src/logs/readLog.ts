import {
  KubeApiError,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import type { LogView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { LogSelection } from './logQuery';
import { linesFrom, type LogSource } from './LogSource';
import { byTime, NewestLines } from './NewestLines';

/** Characters that are held of all sources of one log. */
const mostCharacters = 4_000_000;
/** Sources that are read at the same moment. */
const atOnce = 8;

/** The last lines of some sources, in the order of their time. */
export async function readLog(
  client: KubeClient,
  sources: LogSource[],
  { previous, since, tail }: LogSelection,
  signal: AbortSignal,
): Promise<LogView> {
  const characters = Math.ceil(mostCharacters / Math.max(1, sources.length));
  const notes: string[] = [];
  const read = async (source: LogSource) => {
    const kept = new NewestLines({ lines: tail, characters });
    try {
      const lines = linesFrom(client, source, {
        previous,
        since,
        tail,
        signal,
      });
      for await (const line of lines) kept.add(line);
    } catch (error) {
      // A pod that is deleted at this moment, or a run without remains.
      if (!(error instanceof KubeApiError) || error.status === 403) throw error;
      notes.push(`${source.pod}: ${error.message}`);
    }
    if (kept.isCut)
      notes.push(`Showing only the newest part of the log of ${source.pod}.`);
    return kept.lines;
  };
  const waiting = [...sources];
  const all = new NewestLines({ lines: tail, characters: mostCharacters });
  const found: Awaited<ReturnType<typeof read>>[] = [];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift())
      found.push(await read(next));
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  for (const line of byTime(found.flat())) all.add(line);
  return { lines: all.lines, notes };
}
