import {
  maxSampleRows,
  type ArchetypeSample,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { isDeepStrictEqual } from 'node:util';
import type { Answer } from './checkAnswer';

/** Rows that are enough for a picture; a test with fewer is replaced by a later one with as many. */
const enoughRows = 3;
/** Largest sample as JSON, so that a pack of 50 archetypes fits into its annotation (256 KiB). */
const maxSampleCharacters = 4000;

type Cell = ArchetypeSample['rows'][number][string];

/** Records for each archetype the rows of one of its tests, from which the gallery draws its picture. */
export class SampleRecorder {
  readonly samples: Record<string, ArchetypeSample> = {};

  /**
   * Records rows of a result: those of the first test with at least three rows, otherwise of the first one with any.
   *
   * @param repeat - repeats the call; columns that differ are omitted, so that the same files always have the same
   * sample
   */
  async record(
    archetype: string,
    called: string,
    { rows = [] }: Answer,
    repeat: () => Promise<Answer>,
  ): Promise<void> {
    const known = this.samples[archetype]?.rows.length ?? 0;
    if (known >= enoughRows || rows.length <= known) return;
    if (known > 0 && rows.length < enoughRows) return;
    const shown = rows.slice(0, maxSampleRows);
    const { rows: repeated = [] } = await repeat();
    const columns = Object.keys(shown[0]).filter(name =>
      shown.every(
        (row, index) =>
          isCell(row[name]) &&
          isDeepStrictEqual(row[name], repeated[index]?.[name]),
      ),
    );
    const sample = shown.map(row =>
      Object.fromEntries(
        columns.map(name => [name, shorten(row[name] as Cell)]),
      ),
    );
    while (JSON.stringify(sample).length > maxSampleCharacters) sample.pop();
    if (columns.length > 0 && sample.length > 0)
      this.samples[archetype] = { function: called, rows: sample };
  }
}

function isCell(value: unknown): value is Cell {
  return (
    value === null || ['string', 'number', 'boolean'].includes(typeof value)
  );
}

/** Rounds fractions to six digits, which are alike on all machines. */
function shorten(value: Cell): Cell {
  return typeof value === 'number' && !Number.isInteger(value)
    ? Number(value.toPrecision(6))
    : value;
}
