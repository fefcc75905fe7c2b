import type { ArchetypeManifest } from '../../source/schemas';
import { namesOf, oneOf, repeated } from './KnownNames';
import type { Refuse } from './problemsIn';

type Run = NonNullable<ArchetypeManifest['run']>;

/** Returns problems in the steps and the schedule of a job or DAG. */
export function checkRun(
  { contract, shape }: ArchetypeManifest,
  run: Run,
  refuse: Refuse,
): void {
  const { steps } = run;
  const names = steps.map(step => step.function);
  const functions = namesOf(contract.functions);
  if (shape === 'job') checkJob(run, refuse);
  else checkDag(run, refuse);
  for (const position of repeated(names))
    refuse(
      ['run', 'steps', position],
      `The function "${names[position]}" is used in two steps`,
      'Remove one of them',
    );
  for (const [position, name] of names.entries())
    if (!functions.includes(name))
      refuse(
        ['run', 'steps', position, 'function'],
        `The contract has no function "${name}" for a step`,
        `Each step is a function of the contract: add it under contract.functions, or use one of: ${functions.join(
          ', ',
        )}`,
      );
  for (const [position, { needs = [] }] of steps.entries())
    for (const [index, need] of needs.entries())
      if (!names.includes(need))
        refuse(
          ['run', 'steps', position, 'needs', index],
          `needs refers to "${need}", which is not a step`,
          oneOf(names, need),
        );
  for (const position of circular(steps))
    refuse(
      ['run', 'steps', position],
      `The step "${names[position]}" can never start: its needs are circular`,
      'Remove one of the needs so that a step can start',
    );
}

function checkJob(
  { schedule, scheduleFrom, steps }: Run,
  refuse: Refuse,
): void {
  if (steps.length !== 1)
    refuse(
      ['run', 'steps'],
      `A job has one step; this one has ${steps.length}`,
      'Keep one step or write shape: dag',
    );
  if ((schedule === undefined) === (scheduleFrom === undefined))
    refuse(
      ['run'],
      'The schedule is missing or ambiguous',
      'Write either schedule: "15 6 * * *", or scheduleFrom: with the name of a setting',
    );
}

function checkDag(
  { schedule, scheduleFrom, steps }: Run,
  refuse: Refuse,
): void {
  if (steps.length < 2)
    refuse(
      ['run', 'steps'],
      'A dag has at least two steps; this one has one',
      'Add steps or write shape: job',
    );
  if (schedule !== undefined || scheduleFrom !== undefined)
    refuse(
      ['run', schedule !== undefined ? 'schedule' : 'scheduleFrom'],
      'A dag runs on demand, not on a schedule',
      'Remove the schedule or write shape: job',
    );
}

/** Returns the positions of steps that can never start, because their dependencies wait for them. */
function circular(steps: Run['steps']): number[] {
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
