import type { Occurrence } from '@bailiwick/backstage-kube-controller';
import type { ScalingDecision, ScalingInputs } from './decideReplicas';

const action = 'Scale';

/** Returns the event for a change of the number of pods. */
export function describeScaling(
  { max, min, replicas: before, sample }: ScalingInputs,
  { reason, replicas }: ScalingDecision,
): Occurrence {
  const { occupied = 0, pods = 1 } = sample ?? {};
  const percent = Math.round((100 * occupied) / pods);
  const refused = sample?.refused ?? 0;
  const causes = {
    limits: `the limits are ${min} to ${max}`,
    refusals: `${refused} ${
      refused === 1 ? 'call was' : 'calls were'
    } refused because pods were full`,
    load: `${percent} % of the slots for concurrent calls are occupied`,
  };
  return {
    type: 'Normal',
    reason: 'Scaled',
    action,
    note: `Pods scaled from ${before} to ${replicas}: ${
      causes[reason ?? 'load']
    }.`,
  };
}

/** Returns the event for pods that do not report their calls. */
export function describeSilence({
  replicas,
}: Pick<ScalingInputs, 'replicas'>): Occurrence {
  return {
    type: 'Warning',
    reason: 'CallsUnknown',
    action,
    note: `The pods do not report concurrent calls, so their number stays at ${replicas}. Deploy code on a newer runtime, or set a fixed number of pods.`,
  };
}
