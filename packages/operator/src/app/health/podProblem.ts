import type { ContainerState, Pod } from '@bailiwick/backstage-kube-controller';
import type { Problem } from './HealthReport';

/** Reasons for which a container waits although it will not start by waiting. */
const imageReasons = [
  'ErrImagePull',
  'ImagePullBackOff',
  'InvalidImageName',
  'ErrImageNeverPull',
];
const configReasons = [
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
];

/** What keeps a pod from working, read from its status; `undefined` when nothing does. */
export function podProblem(pod: Pod): Problem | undefined {
  const { conditions, containerStatuses, phase, message } = pod.status ?? {};
  const scheduled = conditions?.find(({ type }) => type === 'PodScheduled');
  if (scheduled?.status === 'False' && scheduled.reason === 'Unschedulable') {
    return {
      why: `No node has room for the pod: ${firstSentence(scheduled.message)}.`,
      next: 'Ask the platform team for capacity, or ask for less.',
    };
  }
  if (phase === 'Failed') {
    return {
      why: `The pod was ended: ${firstSentence(message)}.`,
      next: 'Look at the events.',
    };
  }
  const [container] = containerStatuses ?? [];
  if (!container || container.ready) return undefined;
  const { waiting, terminated } = container.state ?? {};
  const end = terminated ?? container.lastState?.terminated;
  if (waiting && imageReasons.includes(waiting.reason ?? '')) {
    return {
      why: `The node cannot load the runtime image ${imageOf(pod)}.`,
      next: 'Ask the platform team to load the image.',
    };
  }
  if (waiting && configReasons.includes(waiting.reason ?? '')) {
    return {
      why: `The container cannot be started: ${firstSentence(
        waiting.message,
      )}.`,
      next: 'Look at the events.',
    };
  }
  // A container that was restarted counts as crashed until it is ready, or its health would flicker.
  const hasCrashed =
    terminated ||
    waiting?.reason === 'CrashLoopBackOff' ||
    container.restartCount > 0;
  return hasCrashed && end ? crashProblem(end) : undefined;
}

function crashProblem({
  reason,
  exitCode,
  message,
}: NonNullable<ContainerState['terminated']>): Problem {
  if (reason === 'OOMKilled') {
    return {
      why: 'The app used more memory than it may.',
      next: 'Work on less at a time, or ask for a plan with larger containers.',
    };
  }
  const words = lastLine(message);
  return {
    why: `The app ended right after its start (exit code ${exitCode})${
      words ? `: ${words}` : '.'
    }`,
    next: 'Look at the log.',
  };
}

function imageOf({ spec }: Pod): string {
  return spec?.containers[0]?.image ?? '';
}

function firstSentence(text = 'no reason was given'): string {
  return text
    .split(/\.\s|\n/)[0]
    .replace(/\.$/, '')
    .slice(0, 300);
}

function lastLine(text = ''): string {
  return text.trim().split('\n').at(-1)!.slice(0, 300);
}
