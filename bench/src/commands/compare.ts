import { median, rounded } from '../statistics';

/** Figures of both programs, by their names. */
export type Both = Record<string, number>;

/** Compares programs by the medians over their rounds; a ratio is ours divided by the other's. */
export function compare<Round>(rounds: Record<string, Round[]>) {
  const medianOf = (name: string, read: (round: Round) => number) =>
    median(rounds[name].map(read));
  const names = Object.keys(rounds);
  const other = names.find(name => name !== 'ours') ?? 'ours';
  return {
    both: (read: (round: Round) => number): Both =>
      Object.fromEntries(
        names.map(name => [name, rounded(medianOf(name, read))]),
      ),
    ratio: (read: (round: Round) => number): number =>
      rounded(medianOf('ours', read) / medianOf(other, read)),
  };
}
