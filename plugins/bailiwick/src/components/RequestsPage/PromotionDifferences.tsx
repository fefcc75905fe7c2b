import { useApi } from '@backstage/core-plugin-api';
import { targetTenant } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type {
  DeploymentView,
  RequestView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  bailiwickApiRef,
  useLiveValue,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import useAsync from 'react-use/esm/useAsync';
import { ReleaseDifferences } from '../DeployTab/pipeline/ReleaseDifferences';
import { Section } from '../Section';

/** What an undecided promotion would change for readers and in the code; nothing for people who can't promote. */
export function PromotionDifferences({
  request: { spec },
}: {
  request: RequestView;
}) {
  const client = useApi(bailiwickApiRef);
  const tenant = targetTenant(spec);
  const { name } = spec.target;
  const [environment, release] = [
    spec.proposed.environment,
    spec.proposed.release,
  ].map(String);
  const deployment = useLiveValue<DeploymentView>(
    `/tenants/${tenant}/apps/${name}`,
  ).value;
  const { value } = useAsync(
    () => client.preflightPromotion(tenant, name, { environment, release }),
    [client, tenant, name, environment, release],
  );
  if (!value || !deployment) return null;
  const { app, pipeline } = deployment;
  return (
    <Section title={`Differences in ${environment}`}>
      <ReleaseDifferences
        app={app}
        differences={value.differences}
        environment={environment}
        pipeline={pipeline}
        release={release}
      />
    </Section>
  );
}
