import type {
  ChangeRequest,
  Plan,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import { RequestService } from './RequestService';

const plan = {
  spec: { approval: { rules: [], deciders: ['group:default/leads'] } },
} as unknown as Plan;
const service = new RequestService({
  kubernetes: {
    lists: {
      plans: {
        get: (name: string) => (name === 'large' ? plan : undefined),
      },
    },
  } as unknown as KubernetesService,
});
const lena = { user: 'user:default/lena', groups: ['group:default/leads'] };
const petra = {
  user: 'user:default/petra',
  groups: ['group:default/platform'],
};

function request(action: ChangeRequest['spec']['action']): ChangeRequest {
  return {
    apiVersion: 'bailiwick.dev/v1alpha1',
    kind: 'ChangeRequest',
    metadata: { name: 'r' },
    spec: {
      target: { kind: 'Tenant', name: 'desk' },
      action,
      proposed: { plan: 'large' },
      reason: 'Needed.',
      requestedBy: 'user:default/rita',
    },
  };
}

describe('RequestService', () => {
  it.each(['create', 'changePlan'] as const)(
    'lets the deciders of the proposed plan decide %s',
    action => {
      expect(service.view(request(action), lena)?.mayDecide).toBe(true);
    },
  );

  it.each(['setEnvironments', 'renew'] as const)(
    'leaves %s to the platform team, whatever plan it names',
    action => {
      expect(service.view(request(action), lena)).toBeUndefined();
      expect(service.view(request(action), petra)?.mayDecide).toBe(true);
    },
  );
});
