import { Link } from '@backstage/core-components';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { closedGates } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type {
  AppView,
  PipelineStage,
  PipelineView,
  PromotionPreflightView,
  RequestView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  bailiwickApiRef,
  ConfirmDialog,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { MenuItem, TextField, Typography } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import { useState } from 'react';
import useAsync from 'react-use/esm/useAsync';
import { tenantRouteRef } from '../../../routes';
import { Names } from '../../Names';
import { DifferenceList } from './DifferenceList';
import { GateList } from './GateList';
import { commitIn, environmentIn, isBack } from './stages';
import { SettingsFields } from './SettingsFields';

/** Lets a release run in an environment: what would change, what speaks against it, why, and then how it goes. */
export function PromotionDialog({
  app,
  initialRelease,
  onClose,
  pipeline,
  stage,
}: {
  app: AppView;
  initialRelease: string;
  onClose: () => void;
  pipeline: PipelineView;
  stage: PipelineStage;
}) {
  const client = useApi(bailiwickApiRef);
  const [release, setRelease] = useState(initialRelease);
  const [reason, setReason] = useState('');
  const [overriddenChecks, setOverriddenChecks] = useState<string[]>([]);
  const environment = environmentIn(app, stage.name);
  const [settings, setSettings] = useState(environment?.parameters ?? {});
  const [requested, setRequested] = useState<RequestView>();
  const { tenant } = app;
  const { name } = app.metadata;
  const { settings: schema } = pipeline;
  const wanted = {
    environment: stage.name,
    release,
    ...(schema && { parameters: settings }),
  };
  const checked = useAsync(
    () => client.preflightPromotion(tenant, name, wanted),
    // The settings are judged when it is sent; each letter would ask anew.
    [client, tenant, name, stage.name, release],
  );
  // While it loads, the value is still that of the release chosen before.
  const view = checked.loading ? undefined : checked.value;
  const send = async () => {
    const promotion = await client.promoteApp(tenant, name, {
      ...wanted,
      reason: reason.trim(),
      overriddenChecks,
      expected: view?.expected,
    });
    if ('request' in promotion) setRequested(promotion.request);
    else onClose();
  };
  const isOpen = view && closedGates(view.gates, overriddenChecks).length === 0;
  const verb = isBack(pipeline, release, environment?.release)
    ? 'Roll back'
    : 'Promote';
  const title =
    verb === 'Roll back'
      ? `Roll ${stage.name} back to ${release}`
      : `Promote ${release} to ${stage.name}`;
  if (requested)
    return (
      <ConfirmDialog
        title={title}
        cancel="Close"
        maxWidth="md"
        onClose={onClose}
      >
        <RequestedNote request={requested} tenant={tenant} />
      </ConfirmDialog>
    );
  return (
    <ConfirmDialog
      title={title}
      confirm={stage.protected ? `Ask to ${verb.toLowerCase()}` : verb}
      isDisabled={!isOpen || reason.trim() === ''}
      maxWidth="md"
      staysOpen
      onConfirm={send}
      onClose={onClose}
    >
      <TextField
        id="promotion-release"
        select
        label="Release"
        variant="outlined"
        value={release}
        onChange={({ target }) => {
          setRelease(target.value);
          setOverriddenChecks([]);
        }}
      >
        {pipeline.releases.map(one => (
          <MenuItem key={one.name} value={one.name}>
            {one.name}, commit {one.commit.slice(0, 8)}
          </MenuItem>
        ))}
      </TextField>
      {checked.loading && (
        <Typography role="status">Checking {release} …</Typography>
      )}
      {checked.error && !checked.loading && (
        <Alert severity="error">
          What would change is not known: {checked.error.message}
        </Alert>
      )}
      {view && (
        <ReleaseChecks
          app={app}
          overriddenChecks={overriddenChecks}
          onOverride={setOverriddenChecks}
          release={release}
          stage={stage}
          view={view}
          pipeline={pipeline}
        />
      )}
      {schema && (
        <>
          <Typography variant="subtitle1" component="h3">
            Settings in {stage.name}
          </Typography>
          <SettingsFields
            schema={schema}
            values={settings}
            onChange={setSettings}
          />
        </>
      )}
      <TextField
        id="promotion-reason"
        label="Reason"
        helperText="It stays in the history of the app."
        variant="outlined"
        multiline
        minRows={2}
        required
        inputProps={{ maxLength: 500 }}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
      />
      {view && view.decidedBy.length > 0 && (
        <Typography variant="body2" color="textSecondary">
          {stage.name} is protected: <Names of={view.decidedBy} /> decide, never
          who asks.
        </Typography>
      )}
    </ConfirmDialog>
  );
}

function ReleaseChecks({
  app,
  overriddenChecks,
  onOverride,
  pipeline,
  release,
  stage,
  view: { differences, gates, problems },
}: {
  app: AppView;
  overriddenChecks: string[];
  onOverride: (overriddenChecks: string[]) => void;
  pipeline: PipelineView;
  release: string;
  stage: PipelineStage;
  view: PromotionPreflightView;
}) {
  const from = commitIn(app, stage.name);
  const to = pipeline.releases.find(one => one.name === release)?.commit;
  return (
    <>
      {problems.map(problem => (
        <Alert key={problem} severity="warning">
          {problem}
        </Alert>
      ))}
      <Typography variant="subtitle1" component="h3">
        What changes in {stage.name}
      </Typography>
      {environmentIn(app, stage.name) ? (
        <DifferenceList
          app={app.metadata.name}
          tenant={app.tenant}
          differences={differences}
          commits={from && to ? { from, to } : undefined}
        />
      ) : (
        <Typography variant="body2">
          The app runs there for the first time.
        </Typography>
      )}
      <Typography variant="subtitle1" component="h3">
        What is known of {release}
      </Typography>
      <GateList
        gates={gates}
        overriddenChecks={overriddenChecks}
        onOverride={onOverride}
      />
    </>
  );
}

function RequestedNote({
  request,
  tenant,
}: {
  request: RequestView;
  tenant: string;
}) {
  const toTenant = useRouteRef(tenantRouteRef);
  const to = `${toTenant({ tenant })}/requests?request=${
    request.metadata.name
  }`;
  return (
    <Alert severity="info" role="status">
      It is asked for. <Link to={to}>The request</Link> shows who decides, and
      what became of it.
    </Alert>
  );
}
