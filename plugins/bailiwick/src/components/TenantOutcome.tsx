import { useApi } from '@backstage/core-plugin-api';
import {
  environmentNamespace,
  homeNamespace,
  type TenantSpec,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import {
  bailiwickApiRef,
  Facts,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { makeStyles, Typography } from '@material-ui/core';
import type { ReactNode } from 'react';
import useAsync from 'react-use/esm/useAsync';
import { Name } from './Name';
import { Names } from './Names';

const useStyles = makeStyles(theme => ({
  small: {
    ...theme.typography.caption,
    display: 'block',
    color: theme.palette.text.secondary,
  },
}));

/** What will exist when a tenant is made: environments, limits, access, network rules. */
export function TenantOutcome({
  name,
  spec,
}: {
  name: string;
  spec: TenantSpec;
}) {
  const classes = useStyles();
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
  const withNote = (what: ReactNode, note: ReactNode) => (
    <>
      {what}
      <span className={classes.small}>{note}</span>
    </>
  );
  const facts: [string, ReactNode][] = [
    ['Tenant', withNote(spec.title, `${name} in addresses`)],
    ['Purpose', spec.purpose],
    [
      'Environments',
      withNote(
        spec.environments
          .map(environment =>
            environment.protected
              ? `${environment.name} (protected: only releases)`
              : environment.name,
          )
          .join(', '),
        `Kubernetes namespaces ${namespaces.join(', ')}`,
      ),
    ],
    [
      'Plan',
      withNote(
        plan?.spec.title ?? spec.plan,
        limits
          ? `Each environment may use ${limits.cpu} CPU, ${limits.memory} memory, ${limits.pods} pods and ${limits.apps} apps.`
          : !plans.loading && 'Its limits are not known.',
      ),
    ],
    ['Owners', <Names key="owners" of={spec.owners} />],
    [
      'Members',
      spec.members.length === 0
        ? 'nobody else'
        : spec.members.map(({ role, subject }) => (
            <div key={subject}>
              <Name of={subject} /> ({role})
            </div>
          )),
    ],
    [
      'Reached by',
      'its own apps, and readers who come through the gateway with a token; nobody else',
    ],
    [
      'Decided by',
      plan ? (
        <>
          {plan.spec.approval.rules.length > 0 &&
            'a rule of the plan, otherwise '}
          <Names of={plan.spec.approval.deciders} />
        </>
      ) : (
        'a platform engineer'
      ),
    ],
  ];
  return (
    <section>
      <Typography variant="h6" component="h3" gutterBottom>
        What will exist
      </Typography>
      <Facts facts={facts} />
    </section>
  );
}
