import { createHash } from 'node:crypto';

/**
 * Maximum length of a Job's name. The names of its pods then contain all of it: Kubernetes cuts it to 57 characters before
 * it adds a random suffix. The policy `bailiwick-terminals` recognizes pods of runs by their names.
 */
const maxLength = 57;
/** Length of the hash that replaces the rest of a run's name, hexadecimal digits. */
const hashLength = 10;

/**
 * Returns the name of the Job for a step of a run, by its position from 1. A run's name that is
 * too long or has dots is cut and completed with a hash after `--`, which no name chosen by people
 * contains.
 */
export function jobName(run: string, position: number): string {
  const name = `${run}-${position}`;
  if (name.length <= maxLength && !run.includes('.')) return name;
  const hash = createHash('sha256')
    .update(run)
    .digest('hex')
    .slice(0, hashLength);
  const end = `--${hash}-${position}`;
  const start = run.replaceAll('.', '-').slice(0, maxLength - end.length);
  return `${start.replace(/-+$/, '')}${end}`;
}

/**
 * Returns the name of the run that new code starts; later runs of the same code are numbered.
 * Names that people choose for runs, apps and environments have no dots, so there are no
 * conflicts.
 */
export function startRunName(
  app: string,
  environment: string,
  digest: string,
  attempt = 1,
): string {
  const name = `${app}.${environment}.${digest
    .replace('sha256:', '')
    .slice(0, 10)}`;
  return attempt === 1 ? name : `${name}.${attempt}`;
}

/**
 * Returns the name of the run of a scheduled Job. Scheduled Jobs have the same name in each
 * environment of an app, while all runs are in one namespace.
 */
export function scheduledRunName(
  app: string,
  environment: string,
  job: string,
): string {
  return `${app}.${environment}.${job.slice(app.length + 1)}`;
}

/** Returns the name of the scheduled Job of a run, see {@link scheduledRunName}. */
export function scheduledJobName(
  app: string,
  environment: string,
  run: string,
): string {
  return `${app}-${run.slice(`${app}.${environment}.`.length)}`;
}
