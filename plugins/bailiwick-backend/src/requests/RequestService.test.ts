import { ConflictError, ServiceUnavailableError } from '@backstage/errors';
import {
  apiVersion,
  type ChangeRequest,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import type { AppReader, CatalogSubjects } from '../authorization';
import { RequestService } from './RequestService';

const rita = { user: 'user:default/rita', groups: [] };
const old: ChangeRequest = {
  apiVersion,
  kind: 'ChangeRequest',
  metadata: { name: 'rates-desk-renew-1' },
  spec: {
    target: { kind: 'Tenant', name: 'rates-desk' },
    action: 'renew',
    proposed: { expiresAt: '2027-01-01T00:00:00Z' },
    reason: 'Month end.',
    requestedBy: rita.user,
  },
  status: { phase: 'Open' },
};

describe('RequestService, when the old request cannot be withdrawn', () => {
  const none = { get: () => undefined };

  /** Edits a request on an API server that rejects changes of the status of some requests. */
  function edit(rejects: (name: string) => boolean) {
    const requests = new Map([[old.metadata.name, old]]);
    const kubernetes = {
      as: () => ({
        resource: () => ({
          create: async (created: ChangeRequest) => {
            requests.set(created.metadata.name, created);
            return created;
          },
          patchStatus: async (name: string) => {
            if (rejects(name)) throw new Error('The API server is away');
            return requests.get(name);
          },
        }),
      }),
      lists: {
        apps: none,
        plans: none,
        tenants: none,
        requests: {
          get: (name: string) => requests.get(name),
          list: () => [...requests.values()],
        },
      },
    };
    return new RequestService({
      apps: { tenant: () => undefined } as unknown as AppReader,
      kubernetes: kubernetes as unknown as KubernetesService,
      subjects: { findUnknown: async () => [] } as unknown as CatalogSubjects,
    }).requestChange(
      rita,
      'rates-desk',
      {
        action: 'renew',
        proposed: { expiresAt: '2027-02-01T00:00:00Z' },
        reason: 'Month end.',
      },
      { dryRun: false, replaces: old.metadata.name },
    );
  }

  it('withdraws the new one, which is a conflict', async () => {
    const edited = edit(name => name === old.metadata.name);
    await expect(edited).rejects.toThrow(ConflictError);
    await expect(edited).rejects.toThrow(
      'Request rates-desk-renew-1 could not be withdrawn (The API server is away), so it stays as it is',
    );
  });

  it('reports a failure of the server when both stay pending', async () => {
    const edited = edit(() => true);
    await expect(edited).rejects.toThrow(ServiceUnavailableError);
    await expect(edited).rejects.toThrow(
      /^Request rates-desk-renew-[0-9a-f]{6} was created, but request rates-desk-renew-1 could not be withdrawn \(The API server is away\); withdraw one of them$/,
    );
  });
});
