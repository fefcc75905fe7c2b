import type { ContainerState, Pod } from '@bailiwick/backstage-kube-controller';
import type { Run } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { truncateMessage } from '../../apply';
import { crashProblem } from '../app/health';
import { parseObject } from '../../parseObject';

type Step = NonNullable<NonNullable<Run['status']>['steps']>[number];
/** Result of a step in the termination message of its pod. */
export type StepResult = Pick<Step, 'digest' | 'inputs' | 'rows'>;
type Terminated = NonNullable<ContainerState['terminated']>;

const digest = /^sha256:[0-9a-f]{64}$/;
const maxInputs = 20;

/**
 * Returns the decisive termination among the pods of a Job, `undefined` while none has terminated.
 */
export function podTermination(pods: Pod[]): Terminated | undefined {
  const ends = pods.flatMap(
    ({ status }) => status?.containerStatuses?.[0]?.state?.terminated ?? [],
  );
  const [last] = ends.sort(
    (a, b) =>
      Number(a.exitCode !== 0) - Number(b.exitCode !== 0) ||
      (b.finishedAt ?? '').localeCompare(a.finishedAt ?? ''),
  );
  return last;
}

/** Reads the result from a termination message; user code may have written anything there. */
export function readResult({ message }: Partial<Terminated>): StepResult {
  const told = parseObject(message ?? '');
  const inputs = Array.isArray(told.inputs) ? told.inputs : [];
  const known = inputs.filter(isInput).slice(0, maxInputs);
  return {
    ...(isCount(told.rows) && { rows: told.rows }),
    ...(isDigest(told.digest) && { digest: told.digest }),
    ...(known.length > 0 && {
      inputs: known.map(one => ({ step: one.step, digest: one.digest })),
    }),
  };
}

/** Returns why a pod failed, from its termination message if possible. */
export function readFailure(end: Terminated): string {
  const { error } = parseObject(end.message ?? '');
  if (typeof error === 'string' && error.trim() !== '') {
    const words = truncateMessage(error.trim());
    return /[.!?…]$/.test(words) ? words : `${words}.`;
  }
  const { why } = crashProblem(end);
  return why.replace('right after start ', '');
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isDigest(value: unknown): value is string {
  return typeof value === 'string' && digest.test(value);
}

function isInput(value: unknown): value is { step: string; digest: string } {
  const { step, digest: of } = (value ?? {}) as Record<string, unknown>;
  return typeof step === 'string' && step.length <= 100 && isDigest(of);
}
