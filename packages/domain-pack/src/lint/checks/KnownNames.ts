import type { Problem } from '../../problem/Problem';
import type { Located, Place } from '../../source/readYaml';
import type { SourceOfPack } from '../../source/readSource';

type Named = { name: string } & Record<string, unknown>;

/** What archetypes may refer to; also of a `pack.yaml` that is wrong elsewhere. */
export interface KnownNames {
  vocabulary: Named[];
  runtimes: Named[];
  datasets: Named[];
  connections: Named[];
}

/** What a pack defines by name. */
export function knownNamesOf({
  document,
}: Pick<SourceOfPack, 'document'>): KnownNames {
  const { spec = {} } = (document.value ?? {}) as {
    spec?: Record<string, unknown>;
  };
  const named = (list: unknown) =>
    (Array.isArray(list) ? list : []).filter(
      (one): one is Named => typeof one?.name === 'string',
    );
  return {
    vocabulary: named(spec.vocabulary),
    runtimes: named(spec.runtimes),
    datasets: named(spec.datasets),
    connections: named(spec.connections),
  };
}

/** Makes a problem at a place of a document. */
export function problemAt(
  document: Located,
  place: Place,
  what: string,
  remedy: string,
): Problem {
  return { file: document.file, line: document.lineOf(place), what, remedy };
}

/** Says which names there are, in a remedy. */
export function oneOf(names: readonly string[]): string {
  return names.length > 0
    ? `Name one of: ${names.join(', ')}`
    : 'There is none yet; define it in pack.yaml';
}

/** Positions of what has a key that something before it has. */
export function repeated(keys: readonly string[]): number[] {
  return keys.flatMap((key, position) =>
    keys.indexOf(key) < position ? [position] : [],
  );
}
