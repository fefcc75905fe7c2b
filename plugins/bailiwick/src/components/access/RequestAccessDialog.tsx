import { useApi } from '@backstage/core-plugin-api';
import { maxAccessDays } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  bailiwickApiRef,
  ConfirmDialog,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Typography } from '@material-ui/core';
import { useState } from 'react';
import { SelectField } from '../SelectField';
import { AccessApprovers } from './AccessApprovers';
import type { AppRef } from './useAppAccess';

const durations = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '180', label: '180 days' },
  { value: '365', label: '1 year' },
].filter(({ value }) => Number(value) <= maxAccessDays);

/** Requests read access to an app in one environment, with expiry and purpose. */
export function RequestAccessDialog({
  app,
  environments,
  onClose,
  owner,
  title,
}: {
  app: AppRef;
  /** To choose from, not empty; the last one, which has what was released, is preselected. */
  environments: string[];
  onClose: () => void;
  owner?: string;
  /** Display name of the app. */
  title: string;
}) {
  const client = useApi(bailiwickApiRef);
  const [environment, setEnvironment] = useState(environments.at(-1)!);
  const [days, setDays] = useState('90');
  return (
    <ConfirmDialog
      title={`Request access to ${title}`}
      confirm="Send request"
      reason={{
        help: 'Purpose of the access. Approvers can read it now, and all members later.',
      }}
      footer={
        owner && (
          <Typography variant="body2" color="textSecondary">
            Approvers: <AccessApprovers owner={owner} />
          </Typography>
        )
      }
      onClose={onClose}
      onConfirm={reason =>
        client.requestAccess(app.tenant, app.name, {
          environment,
          days: Number(days),
          reason,
        })
      }
    >
      <Stack direction="row">
        <SelectField
          label="Environment"
          value={environment}
          options={environments}
          onChange={setEnvironment}
        />
        <SelectField
          label="Duration"
          value={days}
          options={durations}
          onChange={setDays}
        />
      </Stack>
    </ConfirmDialog>
  );
}
