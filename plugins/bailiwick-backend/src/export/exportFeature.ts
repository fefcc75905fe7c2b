import { tenantExportPermission } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { Response } from 'express';
import Router from 'express-promise-router';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Feature, FeatureContext } from '../feature';
import type { GitHost } from '../git/GitHost';
import { ConcurrencyLimiter } from '../http';
import { breakOnStop, onDisconnect } from '../live';
import { ExportService, type Export } from './ExportService';
import { sendArchive } from './sendArchive';

/** Time limit of an archive in milliseconds, so that a stalled client holds nothing forever. */
const longest = 3_600_000;

/** Each archive is a process, a file and a connection. */
const exportLimits = {
  perKey: 2,
  total: 6,
  perKeyMessage: (tenant: string) =>
    `Two archives of "${tenant}" are being downloaded; try again after one download has finished`,
  totalMessage:
    'Too many archives are being downloaded; try again in a few minutes',
};

/** `GET /tenants/:tenant/export`: the data of a tenant as a `.tar.gz`. */
export function createExportFeature({
  authorizer,
  host,
  ...context
}: FeatureContext & { host: GitHost }): Feature {
  const router = Router();
  const exports = new ExportService({ ...context, host });
  const limiter = new ConcurrencyLimiter(exportLimits);
  router.get('/tenants/:tenant/export', async (req, res) => {
    const { tenant: name } = req.params;
    const done = authorizer.runAudited(
      req,
      'tenant-export',
      { tenant: name },
      async person => {
        const tenant = await exports.open(person, name);
        await authorizer.requireForTenant(req, tenantExportPermission, name);
        const release = limiter.acquire(name);
        try {
          await send(exports, { person, tenant }, res);
        } finally {
          release();
        }
      },
    );
    await done.catch(error => {
      // A broken connection is all the answer that is left; the audit has the reason.
      if (!res.headersSent) throw error;
    });
  });
  return { router };
}

async function send(
  exports: ExportService,
  about: Pick<Export, 'person' | 'tenant'>,
  res: Response,
): Promise<void> {
  const gone = new AbortController();
  onDisconnect(res, () => gone.abort(new Error('The client disconnected')));
  breakOnStop(res);
  const signal = AbortSignal.any([gone.signal, AbortSignal.timeout(longest)]);
  const giveUp = () => res.destroy();
  signal.addEventListener('abort', giveUp);
  const folder = await mkdtemp(join(tmpdir(), 'bailiwick-export-'));
  try {
    const { name } = about.tenant.metadata;
    const day = new Date().toISOString().slice(0, 10);
    res.writeHead(200, {
      'Content-Type': 'application/gzip',
      'Content-Disposition': `attachment; filename="${name}-${day}.tar.gz"`,
      'Cache-Control': 'no-store, no-transform',
    });
    await sendArchive(exports.files({ ...about, folder, signal }), res);
  } finally {
    signal.removeEventListener('abort', giveUp);
    await rm(folder, { recursive: true, force: true });
  }
}
