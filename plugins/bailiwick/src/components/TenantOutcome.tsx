import { useApi } from '@backstage/core-plugin-api';
import {
  environmentNamespace,
  homeNamespace,
  type Plan,
  type TenantSpec,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { effectiveLimits } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { PreflightView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  bailiwickApiRef,
  Facts,
  formatDate,
  formatDuration,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { makeStyles } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import type { ReactNode } from 'react';
import useAsync from 'react-use/esm/useAsync';
import { formatCost } from './formatCost';
import { formatLimits } from './formatLimits';
import { Name } from './Name';
import { Names } from './Names';
import { Section } from './Section';

const useStyles = makeStyles(theme => ({
  small: {
    ...theme.typography.caption,
    display: 'block',
    color: theme.palette.text.secondary,
  },
  alert: { marginTop: theme.spacing(2) },
}));

/** Preview of a new tenant: environments, limits, access, network rules, cost. */
export function TenantOutcome({
  name,
  preflight,
  spec,
  title = 'Resources to create',
}: {
  name: string;
  /** Result of the preflight. */
  preflight?: PreflightView;
  spec: TenantSpec;
  title?: string;
}) {
  const classes = useStyles();
  const client = useApi(bailiwickApiRef);
  const plans = useAsync(() => client.listPlans(), [client]);
  const packs = useAsync(() => client.listPacks(), [client]);
  const domainTitle = (domain: string) =>
    packs.value?.find(({ metadata }) => metadata.name === domain)?.spec.title ??
    domain;
  const plan = plans.value?.find(({ metadata }) => metadata.name === spec.plan);
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
    ['Tenant', withNote(spec.title, `${name} (used in addresses)`)],
    ['Purpose', spec.purpose],
    ['Domains', spec.domains.map(domainTitle).join(', ') || 'none'],
    [
      'Environments',
      withNote(
        spec.environments.map(environment => (
          <div key={environment.name}>
            {environmentWords(environment, plan)}
          </div>
        )),
        `Kubernetes namespaces ${namespaces.join(', ')}`,
      ),
    ],
    ['Plan', plan?.spec.title ?? spec.plan],
    [
      'Cost',
      plan
        ? `${formatCost(plan, spec.environments)}, regardless of usage`
        : !plans.loading && 'unknown',
    ],
    ['Expires', endWords(spec, plan)],
    ...(spec.costCentre
      ? [['Cost center', spec.costCentre] as [string, ReactNode]]
      : []),
    ['Owners', <Names key="owners" of={spec.owners} />],
    [
      'Members',
      spec.members.length === 0
        ? 'none'
        : spec.members.map(({ role, subject }) => (
            <div key={subject}>
              <Name of={subject} /> ({role})
            </div>
          )),
    ],
    [
      'Inbound traffic',
      'readers with a token, through the gateway; no other apps',
    ],
    ['Outbound traffic', 'only the DNS servers of the cluster'],
    ...(preflight
      ? [
          ['Decided by', <Decider key="decider" preflight={preflight} />] as [
            string,
            ReactNode,
          ],
        ]
      : []),
  ];
  return (
    <Section title={title}>
      <Facts facts={facts} />
      {preflight && (
        <Alert
          className={classes.alert}
          severity={preflight.refusal ? 'error' : 'success'}
        >
          {preflight.refusal
            ? `You can’t request this: ${preflight.refusal}`
            : 'All checks passed. You can send the request.'}
        </Alert>
      )}
    </Section>
  );
}

/** Names the approver or the rule, according to the preflight. */
function Decider({ preflight: { decision } }: { preflight: PreflightView }) {
  if (!decision) return <>unknown</>;
  if (decision.by === 'rule')
    return (
      <>
        rule {decision.rule + 1} of the plan, which immediately{' '}
        {decision.verdict === 'approve' ? 'approves' : 'denies'} the request: “
        {decision.reason}”
      </>
    );
  return (
    <>
      <Names of={decision.deciders} />
      {decision.problems.map(problem => (
        <div key={problem}>{problem}</div>
      ))}
    </>
  );
}

function environmentWords(
  environment: TenantSpec['environments'][number],
  plan: Plan | undefined,
): string {
  const { expiresAt, name } = environment;
  const limits = plan && effectiveLimits(plan.spec, environment);
  const words = [
    limits && formatLimits(limits),
    expiresAt && `expires on ${formatDate(expiresAt)}`,
  ].filter(Boolean);
  const called = environment.protected
    ? `${name} (protected: approved releases only)`
    : name;
  return words.length > 0 ? `${called}: ${words.join('; ')}` : called;
}

function endWords({ expiresAt }: TenantSpec, plan: Plan | undefined): string {
  if (expiresAt) return formatDate(expiresAt);
  const lifetime = plan?.spec.maxLifetime;
  return lifetime ? `${formatDuration(lifetime)} after approval` : 'never';
}
