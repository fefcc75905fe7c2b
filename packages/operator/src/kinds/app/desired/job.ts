import type { Desired } from '@bailiwick/backstage-kube-controller';
import { labels } from '@bailiwick/backstage-plugin-bailiwick-common';
import { hashAnnotation, ownerAnnotation, runAnnotation } from '../../../names';
import type { RunPlan, Workload } from '../workload';
import { appLabels } from './appLabels';
import { runtimeCommand } from './consumer';
import { escapeVariables } from './escapeVariables';
import { podMetadata, podSpecBase } from './podTemplate';
import { bundlePath, runtimeContainer } from './runtimeContainer';

/** A workload of the shape job or dag. */
export type RunningWorkload = Workload & { run: RunPlan };

/** How often a step is tried; the runtime ends each try that takes too long. */
const tries = 2;
/** Seconds that a try has besides those of its step, to start, to write, and until the next one. */
const startSeconds = 40;
/** Seconds for which a Job stays that has ended. */
const keptSeconds = 86_400;
/** Variable with the name of the run, in the pod of a Job that was made by the clock. */
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

/** One step of a run. */
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

/** The one step of a job, by the clock. Its Jobs wait until the operator gives them a run. */
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
  // The Service of the app, and all who count its pods, know them by this label.
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
