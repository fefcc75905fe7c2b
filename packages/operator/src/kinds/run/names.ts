import { createHash } from 'node:crypto';

/** Longest name of a Job; its pods carry it as a label. */
const maxLength = 63;
/** Hexadecimal digits that stand for a name that is no name of a Job. */
const hashLength = 10;

/**
 * Name of the Job for a step of a run, by its position from 1. The name of a run that is too long for it
 * or has dots is cut, and told apart by a hash after `--`, which is in no name that people give.
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
 * Name of the run that new code begins by itself; of the same code again it has a number. People's runs
 * have no dots in their names, and neither have apps and environments: no two of them meet.
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
 * Name of the run of a Job that the clock made. Such Jobs have the same name in each environment of an
 * app, and the runs of all are in one namespace.
 */
export function scheduledRunName(
  app: string,
  environment: string,
  job: string,
): string {
  return `${app}.${environment}.${job.slice(app.length + 1)}`;
}

/** Name of the Job that the clock made for a run, see {@link scheduledRunName}. */
export function scheduledJobName(
  app: string,
  environment: string,
  run: string,
): string {
  return `${app}-${run.slice(`${app}.${environment}.`.length)}`;
}
