import type { Problem } from '../../problem/Problem';
import type { SourceOfArchetype, SourceOfPack } from '../../source/readSource';
import type { ArchetypeSource } from '../../source/schemas';
import { oneOf, problemAt } from './KnownNames';
import { consumeProblems } from './consumeProblems';
import { runProblems } from './runProblems';

/** Shapes that the operator runs, and what an archetype of each has besides. */
const extras: Record<string, 'run' | 'consume' | undefined> = {
  function: undefined,
  stream: undefined,
  job: 'run',
  dag: 'run',
  mqtt: 'consume',
};

/** Shapes that do not run, and those that the rest of the archetype contradicts. */
export function checkShapes(pack: SourceOfPack): Problem[] {
  return pack.archetypes.flatMap(archetype => {
    const { document, source } = archetype;
    if (!source) return [];
    const { shape } = source;
    if (!(shape in extras))
      return [
        problemAt(
          document,
          ['shape'],
          `Apps of the shape "${shape}" do not run yet`,
          oneOf(Object.keys(extras)),
        ),
      ];
    return [
      ...extraProblems(archetype, source),
      ...streamProblems(archetype, source),
      ...(source.run ? runProblems(archetype, source) : []),
      ...(source.consume ? consumeProblems(pack, archetype, source) : []),
    ];
  });
}

function extraProblems(
  { document }: SourceOfArchetype,
  source: ArchetypeSource,
): Problem[] {
  const { shape } = source;
  const wanted = extras[shape];
  const surplus = (['run', 'consume'] as const)
    .filter(extra => extra !== wanted && source[extra])
    .map(extra =>
      problemAt(
        document,
        [extra],
        `An app of the shape "${shape}" has no ${extra}`,
        `Leave ${extra} out, or write another shape`,
      ),
    );
  return wanted && !source[wanted]
    ? [
        ...surplus,
        problemAt(
          document,
          ['shape'],
          `The shape "${shape}" says nothing of what happens: there is no ${wanted}`,
          wanted === 'run'
            ? 'Write run: with the steps, such as { steps: [{ function: report }] }'
            : 'Write consume: with function, connection and topics',
        ),
      ]
    : surplus;
}

function streamProblems(
  { document }: SourceOfArchetype,
  { contract, shape }: ArchetypeSource,
): Problem[] {
  const kinds = contract.functions.map(({ result }) => result.kind);
  if (shape === 'stream')
    return kinds.includes('stream')
      ? []
      : [
          problemAt(
            document,
            ['shape'],
            'No function of it gives a stream',
            'Write kind: stream for one that does, or shape: function',
          ),
        ];
  return contract.functions.flatMap(({ name, result }, position) =>
    result.kind === 'stream'
      ? problemAt(
          document,
          ['contract', 'functions', position, 'result', 'kind'],
          `${name} gives a stream, and the shape is ${shape}`,
          'Write shape: stream',
        )
      : [],
  );
}
