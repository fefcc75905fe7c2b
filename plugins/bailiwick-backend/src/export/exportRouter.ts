import { tenantExportPermission } from '@bailiwick/backstage-plugin-bailiwick-common';
import { tenantResourceRef } from '@bailiwick/backstage-plugin-bailiwick-node';
import type { Response } from 'express';
import Router from 'express-promise-router';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Resources } from '../access';
import type { Caller } from '../http';
import { breakOnStop, onGone } from '../live';
import type { Export, ExportService } from './ExportService';
import { sendArchive } from './sendArchive';
import { Turns } from './Turns';

/** Longest time for one archive, so that a reader who never reads holds nothing for ever. */
const longest = 3_600_000;

/** `GET /tenants/:tenant/export`: what belongs to a tenant as a `.tar.gz`. */
export function createExportRouter({
  caller,
  exports,
  resources,
}: {
  caller: Caller;
  exports: ExportService;
  resources: Resources;
}) {
  const router = Router();
  const turns = new Turns();
  router.get('/tenants/:tenant/export', async (req, res) => {
    const { tenant: name } = req.params;
    const done = caller.change(
      req,
      'tenant-export',
      { tenant: name },
      async person => {
        const tenant = await exports.open(person, name);
        await caller.requireFor(
          req,
          tenantExportPermission,
          tenantResourceRef,
          resources.tenant(name),
        );
        const turn = turns.take(name);
        try {
          await send(exports, { person, tenant }, res);
        } finally {
          turn.end();
        }
      },
    );
    await done.catch(error => {
      // A broken connection is all the answer that is left; the audit has the reason.
      if (!res.headersSent) throw error;
    });
  });
  return router;
}

async function send(
  exports: ExportService,
  about: Pick<Export, 'person' | 'tenant'>,
  res: Response,
): Promise<void> {
  const gone = new AbortController();
  onGone(res, () => gone.abort(new Error('The reader went away')));
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
