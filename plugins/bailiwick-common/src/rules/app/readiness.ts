import { parameterSchemas } from '../contract/parameterSchemas';
import type { App, ContractFunction, ReadinessCheck } from '../../kinds';

/** One thing that an app needs before others rely on it. */
export interface Readiness {
  check: ReadinessCheck;
  /** The thing, in a few words. */
  title: string;
  done: boolean;
  /** What to do when it is not done. */
  next: string;
}

type AppFacts = Pick<App, 'spec' | 'status'>;

/** What is around an app. */
export interface ReadinessFacts {
  /** Tokens that read it. */
  readers: number;
  /** Names of the protected environments of its tenant. */
  protectedEnvironments: readonly string[];
}

/** What is looked at where a pack says nothing. */
const usualChecks: readonly ReadinessCheck[] = [
  'description',
  'words',
  'running',
  'protected',
];

const checks: Record<
  ReadinessCheck,
  {
    title: string;
    next: string;
    isDone: (app: AppFacts, facts: ReadinessFacts) => boolean;
  }
> = {
  description: {
    title: 'Has a description',
    next: 'Add a description.',
    isDone: ({ spec }) => Boolean(spec.description?.trim()),
  },
  running: {
    title: 'Running',
    next: 'Check the Deploy tab for the reason.',
    isDone: ({ status }) =>
      (status?.environments ?? []).some(({ health }) => health === 'Healthy'),
  },
  readers: {
    title: 'Has a consumer',
    next: 'Create a token on the Use it tab, or ask a reader to create one.',
    isDone: (_, { readers }) => readers > 0,
  },
  release: {
    title: 'Runs a release',
    next: 'Publish a release and promote it to an environment.',
    isDone: ({ spec }) => spec.environments.some(({ release }) => release),
  },
  words: {
    title: 'Functions, parameters and columns are described',
    next: 'Describe them in the code, or use vocabulary words.',
    isDone: ({ status }) => {
      const functions = (status?.environments ?? []).flatMap(
        ({ contract }) => contract?.functions ?? [],
      );
      return functions.length > 0 && functions.every(isDescribed);
    },
  },
  protected: {
    title: 'Runs in a protected environment',
    next: 'Promote a release to a protected environment.',
    isDone: ({ spec }, { protectedEnvironments }) =>
      spec.environments.some(
        ({ name, release }) => release && protectedEnvironments.includes(name),
      ),
  },
};

function isDescribed({
  description,
  parameters,
  result,
  title,
}: ContractFunction): boolean {
  return (
    Boolean(description ?? title) &&
    parameterSchemas(parameters).every(([, schema]) => schema.description) &&
    (result.columns ?? []).every(column => column.description)
  );
}

/**
 * How far an app is on the way to what others can rely on.
 *
 * @param wanted - what its pack asks for; the usual when absent
 */
export function readinessOf(
  app: AppFacts,
  wanted: readonly ReadinessCheck[] = usualChecks,
  facts: ReadinessFacts = { readers: 0, protectedEnvironments: [] },
): Readiness[] {
  return wanted.map(check => {
    const { isDone, next, title } = checks[check];
    return { check, title, next, done: isDone(app, facts) };
  });
}
