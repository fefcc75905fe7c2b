import { parameterSchemas } from '../contract/parameterSchemas';
import type { App, ContractFunction, ReadinessCheck } from '../../kinds';

/** A readiness check of an app, with its result. @public */
export interface Readiness {
  check: ReadinessCheck;
  /** Title in a few words. */
  title: string;
  done: boolean;
  /** Remedy if the check has not passed. */
  next: string;
}

type AppFacts = Pick<App, 'spec' | 'status'>;

/** Facts for the readiness checks. @public */
export interface ReadinessFacts {
  /** Number of tokens for the app. */
  readers: number;
  /** Names of the protected environments of its tenant. */
  protectedEnvironments: readonly string[];
}

/** Default checks, for packs without their own. */
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
    title: 'Has a reader with a token',
    next: 'Create a token on the Get data tab, or ask a reader to create one.',
    isDone: (_, { readers }) => readers > 0,
  },
  release: {
    title: 'Runs a release',
    next: 'Publish a release and promote it to an environment.',
    isDone: ({ spec }) => spec.environments.some(({ release }) => release),
  },
  words: {
    title: 'Functions, parameters and columns are described',
    next: 'Describe them in the code, or use types of the vocabulary.',
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
 * Returns the readiness checks of an app with their results.
 *
 * @param wanted - checks of the pack; by default the default ones
 * @public
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
