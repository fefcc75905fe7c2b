import { grantCreatePermission } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import Router from 'express-promise-router';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { z } from 'zod';
import type { BailiwickConfig } from '../config';
import type { Feature, FeatureContext } from '../feature';
import type { GrantService } from '../grants/GrantService';
import { jsonParameters, parse } from '../http';
import { onDisconnect } from '../live';
import { DownloadService } from './DownloadService';

const query = z.object({
  format: z.string().max(20),
  parameters: jsonParameters.default({}),
});

/**
 * `GET …/functions/:fn/file`: all rows of a function as a file, for people who can create a token. `format` is a suffix,
 * such as `xlsx`; `parameters` are values as a JSON object.
 */
export function createDownloadsFeature(
  options: FeatureContext & {
    config: BailiwickConfig;
    grants: GrantService;
  },
): Feature {
  const { apps, authorizer } = options;
  const router = Router();
  const downloads = new DownloadService(options);

  router.get(
    '/tenants/:tenant/apps/:app/environments/:environment/functions/:fn/file',
    async (req, res) => {
      const { tenant, app, environment, fn } = req.params;
      const place = { tenant, app, environment, fn };
      await authorizer.runAudited(req, 'download', req.params, async person => {
        // People who can't see the app must not learn whether it exists.
        const found = apps.getReadable(person, tenant, place);
        await authorizer.requireForApp(req, grantCreatePermission, tenant, app);
        const wanted = { ...place, ...parse(query, req.query) };
        const left = new AbortController();
        onDisconnect(res, () => left.abort());
        const { close, response } = await downloads.open(
          person,
          found,
          wanted,
          left.signal,
        );
        try {
          res.type(response.headers.get('content-type') ?? 'bin');
          res.attachment(`${app}-${fn}-${environment}.${wanted.format}`);
          if (response.body)
            await pipeline(
              Readable.fromWeb(response.body as ReadableStream),
              res,
            );
          else res.end();
        } finally {
          await close();
        }
      });
    },
  );
  return { router };
}
