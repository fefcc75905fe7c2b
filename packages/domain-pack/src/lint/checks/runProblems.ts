import type { Problem } from '../../problem/Problem';
import type { SourceOfArchetype } from '../../source/readSource';
import type { ArchetypeSource } from '../../source/schemas';
import { oneOf, problemAt, repeated } from './KnownNames';

/** What is wrong with the steps and the schedule of a job or dag. */
export function runProblems(
  { document }: SourceOfArchetype,
  source: ArchetypeSource,
): Problem[] {
  const { contract, shape } = source;
  const { schedule, scheduleFrom, steps } = source.run!;
  const refuse = (place: (string | number)[], what: string, remedy: string) =>
    problemAt(document, ['run', ...place], what, remedy);
  const names = steps.map(step => step.function);
  const functions = contract.functions.map(({ name }) => name);
  const timing =
    shape === 'job'
      ? [
          ...(steps.length === 1
            ? []
            : [
                refuse(
                  ['steps'],
                  `A job has one step, and this one has ${steps.length}`,
                  'Leave one, or write shape: dag',
                ),
              ]),
          ...((schedule === undefined) === (scheduleFrom === undefined)
            ? [
                refuse(
                  [],
                  'It is not clear when the job runs',
                  'Write either schedule: "15 6 * * *", or scheduleFrom: with the name of a setting',
                ),
              ]
            : []),
        ]
      : [
          ...(steps.length > 1
            ? []
            : [
                refuse(
                  ['steps'],
                  'A dag has two steps or more, and this one has one',
                  'Add the steps that it needs, or write shape: job',
                ),
              ]),
          ...(schedule !== undefined || scheduleFrom !== undefined
            ? [
                refuse(
                  [schedule !== undefined ? 'schedule' : 'scheduleFrom'],
                  'A dag runs when somebody begins it, not by a schedule',
                  'Leave the schedule out, or write shape: job',
                ),
              ]
            : []),
        ];
  return [
    ...timing,
    ...repeated(names).map(position =>
      refuse(
        ['steps', position],
        `The function "${names[position]}" is a step twice`,
        'Leave one of them out',
      ),
    ),
    ...names.flatMap((name, position) =>
      functions.includes(name)
        ? []
        : refuse(
            ['steps', position, 'function'],
            `The contract has no function "${name}" that could be a step`,
            `Every step is a function of the contract: add it under contract.functions, or name one of: ${functions.join(
              ', ',
            )}`,
          ),
    ),
    ...steps.flatMap(({ needs = [] }, position) =>
      needs.flatMap((need, index) =>
        names.includes(need)
          ? []
          : refuse(
              ['steps', position, 'needs', index],
              `It needs "${need}", which is no step`,
              oneOf(names),
            ),
      ),
    ),
    ...circular(steps).map(position =>
      refuse(
        ['steps', position],
        `The step "${names[position]}" can never begin: what it needs waits for it`,
        'Take one of the needs away, so that a step can begin',
      ),
    ),
  ];
}

/** Positions of steps that can never begin, because what they need waits for them. */
function circular(
  steps: NonNullable<ArchetypeSource['run']>['steps'],
): number[] {
  const left = new Map(steps.map(step => [step.function, step.needs ?? []]));
  const isReady = (needs: string[]) => !needs.some(need => left.has(need));
  let ready = [...left].filter(([, needs]) => isReady(needs));
  while (ready.length > 0) {
    for (const [name] of ready) left.delete(name);
    ready = [...left].filter(([, needs]) => isReady(needs));
  }
  return steps.flatMap(({ function: name }, position) =>
    left.has(name) ? [position] : [],
  );
}
