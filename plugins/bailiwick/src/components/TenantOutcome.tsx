import { useApi } from '@backstage/core-plugin-api';
import {
  environmentNamespace,
  homeNamespace,
  type TenantSpec,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { bailiwickApiRef } from '@bailiwick/backstage-plugin-bailiwick-react';
import { List, ListItem, ListItemText, Typography } from '@material-ui/core';
import useAsync from 'react-use/esm/useAsync';

/** What will exist when a tenant is made: namespaces, limits, access, network rules. */
export function TenantOutcome({
  name,
  spec,
}: {
  name: string;
  spec: TenantSpec;
}) {
  const client = useApi(bailiwickApiRef);
  const plans = useAsync(() => client.listPlans(), [client]);
  const plan = plans.value?.find(({ metadata }) => metadata.name === spec.plan);
  const limits = plan?.spec.perEnvironment;
  const namespaces = [
    homeNamespace(name),
    ...spec.environments.map(environment =>
      environmentNamespace(name, environment.name),
    ),
  ];
  const lines: [string, string][] = [
    [
      `${spec.environments.length} ${
        spec.environments.length === 1 ? 'environment' : 'environments'
      }: ${spec.environments
        .map(environment =>
          environment.protected
            ? `${environment.name} (protected)`
            : environment.name,
        )
        .join(', ')}`,
      `Kubernetes namespaces ${namespaces.join(', ')}`,
    ],
    [
      `Plan ${plan?.spec.title ?? spec.plan}`,
      limits
        ? `Each environment may use ${limits.cpu} CPU, ${limits.memory} memory, ${limits.pods} pods and ${limits.apps} apps`
        : 'Its limits are not known',
    ],
    [
      `Owned by ${spec.owners.join(', ')}`,
      spec.members.length > 0
        ? `Members: ${spec.members
            .map(({ role, subject }) => `${subject} (${role})`)
            .join(', ')}`
        : 'No other members',
    ],
    [
      'Closed to everybody else',
      'Other tenants cannot reach its apps; readers come through the gateway with a token',
    ],
    [
      'Decided by',
      plan
        ? `${
            plan.spec.approval.rules.length > 0
              ? 'a rule of the plan, otherwise '
              : ''
          }${plan.spec.approval.deciders.join(', ')}`
        : 'a platform engineer',
    ],
  ];
  return (
    <>
      <Typography variant="h6" component="h3">
        What will exist
      </Typography>
      <List dense disablePadding>
        {lines.map(([primary, secondary]) => (
          <ListItem key={primary} disableGutters>
            <ListItemText primary={primary} secondary={secondary} />
          </ListItem>
        ))}
      </List>
    </>
  );
}
