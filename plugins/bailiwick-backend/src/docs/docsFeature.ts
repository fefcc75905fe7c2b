import { NotFoundError } from '@backstage/errors';
import type { GuideSummary } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { readGuides } from '@bailiwick/backstage-plugin-bailiwick-node';
import Router from 'express-promise-router';
import type { Feature, FeatureContext } from '../feature';

/**
 * `GET /docs` and `GET /docs/:guide`: the guides, for everyone who has signed in. They are read at start, so no request
 * reaches the file system.
 *
 * @param folder - folder of the guides; no guides if absent
 */
export function createDocsFeature({
  authorizer,
  folder,
}: Pick<FeatureContext, 'authorizer'> & { folder?: string }): Feature {
  const guides = new Map(
    readGuides(folder).map(guide => [guide.name, guide] as const),
  );
  const router = Router();

  router.get('/docs', async (req, res) => {
    await authorizer.authenticate(req);
    const items: GuideSummary[] = [...guides.values()].map(
      ({ parts: _, ...summary }) => summary,
    );
    res.json({ items });
  });

  router.get('/docs/:guide', async (req, res) => {
    await authorizer.authenticate(req);
    const guide = guides.get(req.params.guide);
    if (!guide)
      throw new NotFoundError(
        'This guide does not exist; GET /docs lists all guides',
      );
    res.json(guide);
  });
  return { router };
}
