import { NotFoundError } from '@backstage/errors';
import type { DomainPack } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { newestPacks } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { PackView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import Router from 'express-promise-router';
import type { Feature, FeatureContext } from '../feature';

/** Paths of an app's files: those of the template and the vocabulary, which rendering adds. */
function appPaths(files: readonly { path: string }[]): string[] {
  const paths = files.map(({ path }) => path);
  return [...new Set([...paths, 'vocabulary.py'])].sort();
}

/** A pack without the code of its archetypes. */
function withoutFiles(pack: DomainPack): PackView {
  return {
    ...pack,
    spec: {
      ...pack.spec,
      archetypes: pack.spec.archetypes.map(({ files, ...rest }) => ({
        ...rest,
        paths: appPaths(files),
      })),
    },
  };
}

/** `GET /plans`, `GET /packs`, `GET /packs/:pack/archetypes/:archetype`. */
export function createPacksFeature({
  authorizer,
  kubernetes,
}: FeatureContext): Feature {
  const router = Router();
  const { packs, plans } = kubernetes.lists;

  router.get('/plans', async (req, res) => {
    await authorizer.authenticate(req);
    const items = plans.list().sort((a, b) => a.spec.order - b.spec.order);
    res.json({ items });
  });

  router.get('/packs', async (req, res) => {
    await authorizer.authenticate(req);
    res.json({ items: newestPacks(packs.list()).map(withoutFiles) });
  });

  router.get('/packs/:pack/archetypes/:archetype', async (req, res) => {
    await authorizer.authenticate(req);
    const [pack] = newestPacks([packs.get(req.params.pack) ?? []].flat());
    const archetype = pack?.spec.archetypes.find(
      ({ name }) => name === req.params.archetype,
    );
    if (!pack || !archetype) {
      throw new NotFoundError(
        `Archetype "${req.params.archetype}" was not found in pack "${req.params.pack}"`,
      );
    }
    res.json({ pack: withoutFiles(pack), archetype });
  });
  return { router };
}
