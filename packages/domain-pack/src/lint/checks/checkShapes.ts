import type { Problem } from '../../problem/Problem';
import type { PackSource } from '../../source/readSource';
import type { ArchetypeManifest } from '../../source/schemas';
import { checkConsume } from './checkConsume';
import { checkRun } from './checkRun';
import { problemsIn, validArchetypes, type Refuse } from './problemsIn';

/** Additional parts of an archetype, by shape. */
const extras: Record<
  ArchetypeManifest['shape'],
  'run' | 'consume' | undefined
> = {
  function: undefined,
  stream: undefined,
  job: 'run',
  dag: 'run',
  mqtt: 'consume',
};

/** Shapes that the rest of the archetype contradicts. */
export function checkShapes(pack: PackSource): Problem[] {
  return validArchetypes(pack).flatMap(({ document, source }) =>
    problemsIn(document, refuse => {
      checkExtras(source, refuse);
      checkStreams(source, refuse);
      if (source.run) checkRun(source, source.run, refuse);
      if (source.consume) checkConsume(pack, source, source.consume, refuse);
    }),
  );
}

function checkExtras(source: ArchetypeManifest, refuse: Refuse): void {
  const { shape } = source;
  const wanted = extras[shape];
  for (const extra of ['run', 'consume'] as const)
    if (extra !== wanted && source[extra])
      refuse(
        [extra],
        `An app of the shape "${shape}" can't have ${extra}`,
        `Remove ${extra} or choose another shape`,
      );
  if (wanted && !source[wanted])
    refuse(
      ['shape'],
      `The shape "${shape}" requires ${wanted}`,
      wanted === 'run'
        ? 'Write run: with the steps, such as { steps: [{ function: report }] }'
        : 'Write consume: with function, connection and topics',
    );
}

function checkStreams(
  { contract: { functions }, shape }: ArchetypeManifest,
  refuse: Refuse,
): void {
  if (shape !== 'stream') {
    for (const [position, { name, result }] of functions.entries())
      if (result.kind === 'stream')
        refuse(
          ['contract', 'functions', position, 'result', 'kind'],
          `${name} returns a stream, but the shape is ${shape}`,
          'Write shape: stream',
        );
  } else if (functions.every(({ result }) => result.kind !== 'stream'))
    refuse(
      ['shape'],
      'No function returns a stream',
      'Write kind: stream for a function, or shape: function',
    );
}
