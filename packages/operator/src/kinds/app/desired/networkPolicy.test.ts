import type { Consumer } from '../workload';
import { desiredNetworkPolicy } from './networkPolicy';

const place = {
  tenant: 'desk',
  environment: 'prod',
  app: 'feed',
  namespace: 'desk--prod',
};
const consumer: Consumer = {
  function: 'telemetry',
  connection: 'broker',
  topics: ['plant/#'],
  window: { seconds: 5, messages: 500 },
};

function openPorts(workload: Parameters<typeof desiredNetworkPolicy>[0]) {
  const { spec } = desiredNetworkPolicy(workload) as any;
  return spec.ingress.flatMap(({ ports }: any) =>
    ports.map(({ port }: any) => port),
  );
}

describe('desiredNetworkPolicy', () => {
  it('opens the port of the state only for apps with a consumer', () => {
    expect(openPorts(place)).toEqual([8080]);
    expect(openPorts({ ...place, consumer })).toEqual([8080, 8081]);
  });
});
