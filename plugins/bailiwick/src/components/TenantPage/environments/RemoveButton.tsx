import type { AppView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { environmentNamespace } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { Facts, formatList } from '@bailiwick/backstage-plugin-bailiwick-react';
import { Typography } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import { ActionButton } from '../../change/ActionButton';
import { ChangeDialog } from '../../change/ChangeDialog';
import type { TenantFacts } from '../facts/TenantFacts';

/** Lets an owner remove an environment, after showing the objects that will be deleted. */
export function RemoveButton({
  apps,
  environment,
  facts,
}: {
  /** Those that run in it. */
  apps: AppView[];
  environment: string;
  facts: TenantFacts;
}) {
  const { metadata, spec } = facts.tenant;
  const others = spec.environments.filter(({ name }) => name !== environment);
  return (
    <ActionButton
      action="setEnvironments"
      facts={facts}
      size="small"
      aria-label={`Remove ${environment}`}
      problem={
        others.length === 0
          ? 'A tenant needs at least one environment. Delete the tenant instead.'
          : undefined
      }
      dialog={onClose => (
        <ChangeDialog
          action="setEnvironments"
          facts={facts}
          title={`Remove ${environment} from ${spec.title}`}
          send="Request removal"
          typed={environment}
          problem={
            facts.live.apps.value
              ? undefined
              : 'Can’t list the apps right now. Wait until they appear.'
          }
          proposed={() => ({ environments: others })}
          onClose={onClose}
        >
          <Alert severity="error">
            After approval, all of the following is permanently deleted.
          </Alert>
          <Facts
            facts={[
              ['Namespace', environmentNamespace(metadata.name, environment)],
              ['Apps', apps.map(app => app.spec.title).join(', ') || 'none'],
              ['Data', 'all volumes of its apps'],
              ['Tokens', 'tokens for this environment stop working'],
            ]}
          />
          <Typography>
            Not affected: {formatList(others.map(({ name }) => name))}
          </Typography>
        </ChangeDialog>
      )}
    >
      Remove
    </ActionButton>
  );
}
