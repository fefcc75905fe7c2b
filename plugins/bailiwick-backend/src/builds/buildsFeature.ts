import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  buildKind,
  homeNamespace,
  type Build,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import Router from 'express-promise-router';
import { requireBuilder } from '../authorization';
import type { Feature, FeatureContext } from '../feature';

/** Shows builds of the packages and images of apps, cancels them, and repeats them. */
export function createBuildsFeature({
  apps,
  authorizer,
  kubernetes,
}: FeatureContext): Feature {
  const router = Router();
  const path = '/tenants/:tenant/apps/:app/builds/:build';

  const find = (tenant: string, app: string, name: string): Build => {
    const found = kubernetes.lists.builds.get(name, homeNamespace(tenant));
    if (found?.spec.app !== app)
      throw new NotFoundError(`App "${app}" has no build "${name}"`);
    return found;
  };

  router.get(path, async (req, res) => {
    const { app, build, tenant } = req.params;
    const person = await authorizer.authenticate(req);
    apps.get(person, tenant, app);
    await authorizer.requireAppRead(req, tenant, app);
    res.json(find(tenant, app, build));
  });

  router.post(
    `${path}/repetition`,
    authorizer.answerAudited('build-repeat', async (person, req) => {
      const { app, build, tenant } = req.params;
      const view = apps.get(person, tenant, app);
      await requireBuilder(authorizer, req, view, 'repeat builds');
      const { metadata, spec, status } = find(tenant, app, build);
      if (!status?.finishedAt)
        throw new ConflictError(`Build "${build}" has not ended yet`);
      if (spec.image && status.phase === 'Succeeded')
        throw new ConflictError(
          `The image of release "${spec.image.release}" is fixed; publish a new release to build another one`,
        );
      if (status.superseded)
        throw new ConflictError(
          `Neither the newest commit nor a release needs build "${build}"`,
        );
      // The operator builds what is still needed again.
      await kubernetes
        .as(person)
        .resource<Build>(buildKind)
        .delete(build, { namespace: metadata.namespace, uid: metadata.uid });
      return {};
    }),
  );

  router.post(
    `${path}/cancellation`,
    authorizer.answerAudited('build-cancel', async (person, req) => {
      const { app, build, tenant } = req.params;
      const view = apps.get(person, tenant, app);
      await requireBuilder(authorizer, req, view, 'cancel builds');
      const { metadata, status } = find(tenant, app, build);
      if (status?.finishedAt)
        throw new ConflictError(`Build "${build}" has already ended`);
      await kubernetes
        .as(person)
        .resource<Build>(buildKind)
        .patch(
          build,
          { spec: { cancelledBy: person.user } },
          { namespace: metadata.namespace },
        );
      return {};
    }),
  );
  return { router };
}
