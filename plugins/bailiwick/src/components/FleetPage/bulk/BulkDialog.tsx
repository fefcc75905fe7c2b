import { Typography } from '@material-ui/core';
import { useState } from 'react';
import type { FleetTenant } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  ConfirmDialog,
  formatCount,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { idOfRow } from '../fleet/useFleet';
import {
  planBulk,
  type BulkAction,
  type BulkPlan,
  type BulkTarget,
} from './bulkPlan';
import { BulkList } from './BulkList';
import { useBulkRun } from './useBulkRun';

/** Verb and effect of each action. */
const words: Record<BulkAction, { verb: string; what: string }> = {
  restart: {
    verb: 'Restart',
    what: 'Pods are replaced one at a time, each after its replacement is ready. Apps that consume messages pause for a few seconds.',
  },
  pause: {
    verb: 'Pause',
    what: 'All pods stop and calls are refused until someone resumes the apps. Code, settings, tokens and results are kept.',
  },
  resume: {
    verb: 'Resume',
    what: 'The same number of pods start again. The apps are available within seconds.',
  },
};

/** `2 apps`, or `2 apps in 3 environments` when one of them is in several. */
function describeTargets(targets: BulkTarget[]): string {
  const apps = new Set(targets.map(({ row }) => idOfRow(row))).size;
  const counted = formatCount(apps, 'app');
  return targets.length > apps
    ? `${counted} in ${targets.length} environments`
    : counted;
}

/** Shows the effect of an action on the selected apps, runs it after confirmation, and reports the result of each. */
export function BulkDialog({
  action,
  onClose,
  targets,
  tenants,
}: {
  action: BulkAction;
  onClose: () => void;
  targets: BulkTarget[];
  tenants: FleetTenant[];
}) {
  // The confirmation applies to the shown state, though apps change meanwhile.
  const [{ leftOut, touched }] = useState<BulkPlan>(() =>
    planBulk(action, targets, tenants),
  );
  const { isRunning, resultOf, run } = useBulkRun(action);
  const { verb, what } = words[action];
  const results = touched.map(resultOf);
  const failed = touched.filter(one => resultOf(one)?.state === 'failed');
  const isBegun = results.some(Boolean);
  const isDangerous =
    action === 'pause' && touched.some(({ place }) => place.protected);
  const wanted = `pause ${touched.length}`;
  const confirm = isBegun ? failed.length > 0 && 'Retry failed' : verb;
  return (
    <ConfirmDialog
      title={`${verb} ${describeTargets(touched)}`}
      confirm={confirm || undefined}
      cancel={isBegun ? 'Close' : 'Cancel'}
      isDisabled={touched.length === 0}
      isLocked={isRunning}
      staysOpen
      typed={isDangerous && !isBegun ? wanted : undefined}
      typedLabel={`Protected environments are included: type ${wanted}`}
      onConfirm={() => run(isBegun ? failed : touched)}
      onClose={onClose}
    >
      <Typography>
        {touched.length > 0
          ? what
          : 'None of the selected apps can be changed. See the reasons below.'}
      </Typography>
      {isBegun && (
        <Typography role="status">
          {results.filter(one => one?.state === 'done').length} of{' '}
          {touched.length} done, {failed.length} failed.
        </Typography>
      )}
      {touched.length > 0 && (
        <BulkList
          label="To be changed"
          lines={touched.map(target => ({
            ...target,
            result: resultOf(target),
          }))}
        />
      )}
      {leftOut.length > 0 && (
        <BulkList label={`Not changed (${leftOut.length})`} lines={leftOut} />
      )}
    </ConfirmDialog>
  );
}
