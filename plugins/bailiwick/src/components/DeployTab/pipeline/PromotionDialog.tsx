import { useApi } from '@backstage/core-plugin-api';
import type { OverridableCheck } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  closedGates,
  formatCommit,
  withFullStop,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type {
  AppView,
  PipelineStage,
  PipelineView,
  PromotionPreflightView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  bailiwickApiRef,
  ConfirmDialog,
  formatRelease,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Typography } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import { useState } from 'react';
import useAsync from 'react-use/esm/useAsync';
import { Names } from '../../Names';
import { SelectField } from '../../SelectField';
import { TenantRequestLink } from '../../TenantRequestLink';
import { GateList } from './GateList';
import { ReleaseDifferences } from './ReleaseDifferences';
import { environmentIn, isRollback } from './stages';
import { SettingsFields } from './SettingsFields';

/** Deploys a release to an environment: differences, checks, reason, and then the progress. */
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
  const [overriddenChecks, setOverriddenChecks] = useState<OverridableCheck[]>(
    [],
  );
  const environment = environmentIn(app, stage.name);
  const [settings, setSettings] = useState(environment?.parameters ?? {});
  const [requested, setRequested] = useState<string>();
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
    // The settings are checked when they are sent; otherwise each letter would send a request.
    [client, tenant, name, stage.name, release],
  );
  // While it loads, the value is still that of the release chosen before.
  const view = checked.loading ? undefined : checked.value;
  const send = async (reason: string) => {
    const promotion = await client.promoteApp(tenant, name, {
      ...wanted,
      reason,
      overriddenChecks,
      expected: view?.expected,
    });
    if ('request' in promotion) setRequested(promotion.request.metadata.name);
    else onClose();
  };
  const isOpen = view && closedGates(view.gates, overriddenChecks).length === 0;
  const [verb, request] = isRollback(pipeline, release, environment?.release)
    ? ['Roll back', 'Request rollback']
    : ['Promote', 'Request promotion'];
  const title =
    verb === 'Roll back'
      ? `Roll ${stage.name} back to ${formatRelease(release)}`
      : `Promote ${formatRelease(release)} to ${stage.name}`;
  return (
    <ConfirmDialog
      title={title}
      confirm={stage.protected ? request : verb}
      isDisabled={!isOpen}
      maxWidth="md"
      staysOpen
      reason={{ help: 'The history of the app shows the reason.' }}
      footer={
        view &&
        view.decidedBy.length > 0 && (
          <Typography variant="body2" color="textSecondary">
            Approvers: <Names of={view.decidedBy} />. You can’t approve your own
            request.
          </Typography>
        )
      }
      outcome={
        requested && (
          <Alert severity="info" role="status">
            {verb === 'Roll back' ? 'Rollback' : 'Promotion'} requested.{' '}
            <TenantRequestLink tenant={tenant} request={requested}>
              Track it in the request
            </TenantRequestLink>
            .
          </Alert>
        )
      }
      onConfirm={send}
      onClose={onClose}
    >
      <SelectField
        size="medium"
        label="Release"
        value={release}
        options={pipeline.releases.map(({ commit, format, name: value }) => ({
          value,
          label: `${formatRelease(value)}, commit ${formatCommit(commit)}${
            format === 'image' ? ', image' : ''
          }`,
        }))}
        onChange={chosen => {
          setRelease(chosen);
          setOverriddenChecks([]);
        }}
      />
      {checked.loading && (
        <Typography role="status">
          Checking {formatRelease(release)}…
        </Typography>
      )}
      {checked.error && !checked.loading && (
        <Alert severity="error">
          Can’t load the changes: {withFullStop(checked.error.message)} Close
          the dialog and try again.
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
  overriddenChecks: OverridableCheck[];
  onOverride: (overriddenChecks: OverridableCheck[]) => void;
  pipeline: PipelineView;
  release: string;
  stage: PipelineStage;
  view: PromotionPreflightView;
}) {
  return (
    <>
      {problems.map(problem => (
        <Alert key={problem} severity="warning">
          {problem}
        </Alert>
      ))}
      <Typography variant="subtitle1" component="h3">
        Changes in {stage.name}
      </Typography>
      <ReleaseDifferences
        app={app}
        differences={differences}
        environment={stage.name}
        pipeline={pipeline}
        release={release}
      />
      <Typography variant="subtitle1" component="h3">
        Checks of {formatRelease(release)}
      </Typography>
      <GateList
        gates={gates}
        overriddenChecks={overriddenChecks}
        onOverride={onOverride}
        place={{
          tenant: app.tenant,
          app: app.metadata.name,
          environment: stage.name,
        }}
      />
    </>
  );
}
