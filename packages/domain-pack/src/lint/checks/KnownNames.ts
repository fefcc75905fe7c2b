import type { DomainPack } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { compileDatasets } from '../../compile';
import { suggestion } from '../../problem/nearest';
import { resolveParameters } from '../../parameters/resolveParameters';
import type { PackSource } from '../../source/readSource';

type Named = { name: string } & Record<string, unknown>;

/** Names that archetypes can refer to; also available if another part of `pack.yaml` is invalid. */
export interface KnownNames {
  vocabulary: Named[];
  runtimes: Named[];
  datasets: Named[];
  connections: Named[];
}

/** Returns the names that a pack defines. */
export function knownNamesOf({
  document,
}: Pick<PackSource, 'document'>): KnownNames {
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

/** Resolves a schema with the words of a pack that may be wrong elsewhere. */
export function resolveSchema(
  pack: PackSource,
  schema: Record<string, unknown>,
): Record<string, any> {
  return resolveParameters(schema, knownSpec(pack));
}

/** Returns the words and datasets that forms use, from a pack that may have other problems. */
export function knownSpec(
  pack: PackSource,
): Pick<DomainPack['spec'], 'datasets' | 'vocabulary'> {
  const { vocabulary } = knownNamesOf(pack);
  return { datasets: compileDatasets(pack), vocabulary: vocabulary as never };
}

/**
 * Lists the available names for a remedy.
 *
 * @param wanted - the unknown name; the most similar one comes first
 */
export function oneOf(names: readonly string[], wanted?: unknown): string {
  if (names.length === 0) return 'None is defined yet; add it to pack.yaml';
  return `${suggestion(wanted, names)}Use one of: ${names.join(', ')}`;
}

/** Returns the names of the definitions. */
export function namesOf(list: readonly { name: string }[]): string[] {
  return list.map(({ name }) => name);
}

/** Returns the positions of keys that occurred before. */
export function repeated(keys: readonly string[]): number[] {
  return keys.flatMap((key, position) =>
    keys.indexOf(key) < position ? [position] : [],
  );
}
