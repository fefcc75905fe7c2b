import { NotAllowedError } from '@backstage/errors';
import {
  canBuild,
  type Person,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type {
  KubernetesService,
  PeopleService,
} from '@bailiwick/backstage-plugin-bailiwick-node';
import type { CatalogSubjects } from '../authorization';
import type { GitHost, RepositoryRef } from './GitHost';

/** Setting in which a repository keeps the person with whose rights pushes are deployed. */
const deployerSetting = 'bailiwick.deployer';

const remedy =
  'A builder or owner can choose "Deploy pushes as me" on the Code tab';

/**
 * The people with whose rights pushes to git hosts are deployed: git hosts know other accounts than the portal, and
 * anyone can write any author into a commit.
 */
export class Deployers {
  readonly #options: {
    host: GitHost;
    kubernetes: Pick<KubernetesService, 'lists'>;
    people: Pick<PeopleService, 'findAbsent'>;
    subjects: Pick<CatalogSubjects, 'find'>;
  };

  constructor(options: {
    host: GitHost;
    kubernetes: Pick<KubernetesService, 'lists'>;
    people: Pick<PeopleService, 'findAbsent'>;
    subjects: Pick<CatalogSubjects, 'find'>;
  }) {
    this.#options = options;
  }

  /** Returns the entity reference of the person, `undefined` if it is unknown. */
  async find(repository: RepositoryRef): Promise<string | undefined> {
    const { host } = this.#options;
    return (await host.setting(repository, deployerSetting)) || undefined;
  }

  /** Deploys pushes with the rights of a person from now on. */
  async set(repository: RepositoryRef, { user }: Person): Promise<void> {
    const { host } = this.#options;
    await host.changeSetting(repository, deployerSetting, user);
  }

  /** @throws NotAllowedError with the remedy when nobody has the rights */
  async require(repository: RepositoryRef): Promise<string> {
    const { kubernetes, people, subjects } = this.#options;
    const user = await this.find(repository);
    if (!user)
      throw new NotAllowedError(
        `The portal does not know with whose rights to deploy pushes. ${remedy}`,
      );
    if ((await people.findAbsent([user])).has(user))
      throw new NotAllowedError(
        `Pushes are deployed with the rights of ${user}, who has left. ${remedy}`,
      );
    const tenant = kubernetes.lists.tenants.get(repository.tenant);
    if (!tenant || !canBuild(tenant, await subjects.find(user)))
      throw new NotAllowedError(
        `Pushes are deployed with the rights of ${user}, who can no longer build apps of tenant ${repository.tenant}. ${remedy}`,
      );
    return user;
  }
}
