import type { Desired } from '@bailiwick/backstage-kube-controller';
import { labels } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { hashAnnotation, ownerAnnotation, runAnnotation } from '../../../names';
import type { RunPlan, Workload } from '../workload';
import { appLabels } from './appLabels';
import { runtimeCommand } from './consumer';
import { escapeVariables } from './escapeVariables';
import { podMetadata, podSpecBase } from './podTemplate';
import { bundlePath, runtimeContainer } from './runtimeContainer';

/** A workload of the shape `job` or `dag`. */
export type RunningWorkload = Workload & { run: RunPlan };

/** Attempts of a step; the runtime ends each attempt that exceeds its time limit. */
const tries = 2;
/** Seconds of an attempt besides those of its step: start, write, and back-off. */
const startSeconds = 40;
/** Seconds for which a finished Job is kept. */
const keptSeconds = 86_400;
/** Variable with the name of the run in the pods of scheduled Jobs. */
const runVariable = 'BAILIWICK_RUN';

/** Options of {@link desiredStep}. */
export interface StepOptions {
  /** Name of the Job. */
  name: string;
  /** Name of the run. */
  run: string;
  step: string;
  parameters: Record<string, unknown>;
}

/** Returns the Job of one step of a run. */
export function desiredStep(
  workload: RunningWorkload,
  { name, parameters, run, step }: StepOptions,
): Desired {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name,
      namespace: workload.namespace,
      labels: appLabels(workload),
      annotations: { [runAnnotation]: run },
    },
    spec: jobSpec(workload, {
      command: runtimeCommand,
      args: [
        ...stepArguments(workload, step, escapeVariables(run)),
        '--parameters',
        escapeVariables(JSON.stringify(parameters)),
      ],
      run,
    }),
  };
}

/**
 * Returns the CronJob of an app of the shape `job`. Its Jobs are suspended until the operator has
 * created their run.
 */
export function desiredCronJob(workload: RunningWorkload): Desired[] {
  const { app, namespace, run, suspended = false, tenant } = workload;
  const { schedule, steps } = run;
  if (!schedule) return [];
  return [
    {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: app, namespace, labels: appLabels(workload) },
      spec: {
        schedule,
        timeZone: 'Etc/UTC',
        concurrencyPolicy: 'Forbid',
        startingDeadlineSeconds: 300,
        successfulJobsHistoryLimit: 3,
        failedJobsHistoryLimit: 3,
        suspend: suspended,
        jobTemplate: {
          metadata: {
            labels: appLabels(workload),
            annotations: {
              [ownerAnnotation]: `App ${tenant}/${app}`,
              [hashAnnotation]: 'scheduled',
            },
          },
          spec: {
            suspend: true,
            ...jobSpec(workload, {
              command: runtimeCommand,
              args: stepArguments(
                workload,
                steps[0].function,
                `$(${runVariable})`,
              ),
              env: [
                {
                  name: runVariable,
                  valueFrom: {
                    fieldRef: {
                      fieldPath: `metadata.annotations['${runAnnotation}']`,
                    },
                  },
                },
              ],
            }),
          },
        },
      },
    },
  ];
}

function stepArguments(
  { run: { keep, seconds, steps } }: RunningWorkload,
  step: string,
  run: string,
): string[] {
  return [
    'run',
    '--bundle',
    bundlePath,
    '--function',
    step,
    '--run',
    run,
    '--steps',
    steps.map(one => one.function).join(','),
    '--keep',
    `${keep}`,
    '--seconds',
    `${seconds}`,
  ];
}

function jobSpec(
  workload: RunningWorkload,
  {
    env = [],
    run,
    ...command
  }: {
    command: string[];
    args: string[];
    env?: object[];
    /** Name of the run, if it is known yet. */
    run?: string;
  },
) {
  const container = runtimeContainer(workload, 'run', { writesStore: true });
  const { annotations, labels: all } = podMetadata(workload);
  // The selectors of the Service and the Deployment must not match these pods.
  const { [labels.app]: _app, ...others } = all;
  return {
    backoffLimit: tries - 1,
    activeDeadlineSeconds: tries * (workload.run.seconds + startSeconds),
    ttlSecondsAfterFinished: keptSeconds,
    template: {
      metadata: {
        labels: others,
        annotations: { ...annotations, ...(run && { [runAnnotation]: run }) },
      },
      spec: {
        ...podSpecBase(workload),
        restartPolicy: 'Never',
        containers: [
          { ...container, ...command, env: [...container.env, ...env] },
        ],
      },
    },
  };
}
