import {
  Controller,
  type ControllerOptions,
} from '@bailiwick/backstage-kube-controller';
import type { Placement } from './Placement';

/**
 * Creates a controller with the log and the metrics of the operator.
 *
 * @param kind - its name on the hub, such as `app`; on the target `west` it is `app@west`
 */
export function createController(
  { log, metrics, target }: Placement,
  kind: string,
  options: Omit<ControllerOptions, 'log' | 'name' | 'observer'>,
): Controller {
  const name = target ? `${kind}@${target.name}` : kind;
  const observer = metrics?.observerFor(name, options.concurrency);
  return new Controller({ ...options, name, log, observer });
}
