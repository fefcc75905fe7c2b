import type { Workload } from '../workload';
import type { HealthReport } from './HealthReport';

/** Returns a note about a healthy environment that shows sample data. */
export function sampleDataNote(
  workload: Pick<Workload, 'consumer'> | undefined,
): HealthReport | undefined {
  const missing = workload?.consumer?.missing;
  return missing
    ? {
        health: 'Healthy',
        why: `No connection to ${missing} is configured; the app shows sample messages.`,
        next: 'Ask the platform team to configure the connection.',
      }
    : undefined;
}
