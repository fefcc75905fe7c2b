import type {
  Build,
  Health,
  Run,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { HealthIcon } from '@bailiwick/backstage-plugin-bailiwick-react';

type Phase = NonNullable<NonNullable<Build['status'] | Run['status']>['phase']>;

const looks: Partial<Record<Phase, Health>> = {
  Failed: 'Failed',
  Pending: 'Progressing',
  Running: 'Progressing',
  Succeeded: 'Healthy',
};

/** Icon of the progress or result of a build or run, for use next to the word. */
export function PhaseIcon({ of = 'Pending' }: { of: Phase | undefined }) {
  return <HealthIcon health={looks[of] ?? 'Suspended'} />;
}
