import type {
  CreatedCommit,
  TryView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  mainBranch,
  type Person,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { Request } from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { requireBuilder } from '../authorization';
import type { Feature, FeatureContext } from '../feature';
import type { Publisher } from '../git/Publisher';
import type { RepositoryService } from '../git/RepositoryService';
import { parse } from '../http';
import { onDisconnect } from '../live';
import {
  branchCommitSchema,
  changesSchema,
  fullHashSchema,
  longestPath,
  pathSchema,
} from './newCommit';
import { TryService } from './TryService';

const hash = z.string().regex(/^[0-9a-f]{7,40}$/, 'must be a commit hash');
const twoCommits = z.object({ from: hash, to: hash });

const listedCommit = z
  .object({ commit: hash.optional(), branch: z.string().optional() })
  .refine(one => one.commit === undefined || one.branch === undefined, {
    path: ['branch'],
    message: 'must be absent when a commit is named',
  });
const oneFile = z.object({ commit: hash, path: pathSchema });

const newTry = z
  .strictObject({
    base: fullHashSchema,
    files: changesSchema,
    function: z.string().max(longestPath).optional(),
    parameters: z.record(z.string(), z.unknown()).optional(),
    tests: z.boolean().optional(),
  })
  .refine(one => one.function === undefined || !one.tests, {
    path: ['tests'],
    message: 'must be absent when a function is called',
  });

/** The code of apps: commits, their differences, files, and new commits. */
export function createCodeFeature({
  apps,
  authorizer,
  kubernetes,
  publisher,
  repositories,
}: FeatureContext & {
  publisher: Publisher;
  repositories: RepositoryService;
}): Feature {
  const router = Router();
  const base = '/tenants/:tenant/apps/:app';
  const tries = new TryService({ kubernetes, repositories });

  /** Returns the place of the repository of an app that the person may read. */
  const readableRepository = async (req: Request) => {
    const { tenant, app } = req.params;
    const person = await authorizer.authenticate(req);
    apps.get(person, tenant, app);
    await authorizer.requireAppRead(req, tenant, app);
    return { tenant, name: app };
  };

  router.get(`${base}/commits`, async (req, res) => {
    res.json(await repositories.commits(await readableRepository(req)));
  });

  router.get(`${base}/changes`, async (req, res) => {
    const repository = await readableRepository(req);
    const { from, to } = parse(twoCommits, req.query);
    res.json(await repositories.compare(repository, from, to));
  });

  router.get(`${base}/files`, async (req, res) => {
    const repository = await readableRepository(req);
    const at = parse(listedCommit, req.query);
    res.json(await repositories.listFiles(repository, at));
  });

  router.get(`${base}/file`, async (req, res) => {
    const repository = await readableRepository(req);
    const file = parse(oneFile, req.query);
    res.json(await repositories.readFile(repository, file.commit, file.path));
  });

  /** Returns an app whose code the person may change. */
  const changeableApp = async (person: Person, req: Request) => {
    const { tenant, app } = req.params;
    const view = apps.get(person, tenant, app);
    await requireBuilder(authorizer, req, view, 'change code');
    return view;
  };

  router.post(
    `${base}/commits`,
    authorizer.answerAudited(
      'app-commit',
      async (person, req): Promise<CreatedCommit> => {
        const { tenant, app } = req.params;
        await changeableApp(person, req);
        const place = { tenant, name: app };
        const edit = parse(branchCommitSchema, req.body);
        const commit = await repositories.commit(person, place, edit);
        // Commits to other branches are not deployed.
        if ((edit.branch ?? mainBranch) !== mainBranch) return { commit };
        const waiting = await publisher.publish(person, place);
        return { commit, ...(waiting && { waiting }) };
      },
      { status: 201 },
    ),
  );

  const attempt = async (person: Person, req: Request): Promise<TryView> => {
    const app = await changeableApp(person, req);
    const asked = parse(newTry, req.body);
    const left = new AbortController();
    if (req.res) onDisconnect(req.res, () => left.abort());
    return tries.attempt(person, req.params.tenant, app, asked, left.signal);
  };
  const attemptAudited = authorizer.answerAudited('app-try', attempt);

  router.post(`${base}/tries`, async (req, res, next) => {
    const { function: called, tests } = Object(req.body);
    if (called !== undefined || tests) return attemptAudited(req, res, next);
    // Editors load code after each pause, without its connections.
    const person = await authorizer.authenticate(req);
    return res.json(await attempt(person, req));
  });

  router.get(`${base}/types`, async (req, res) => {
    const person = await authorizer.authenticate(req);
    const app = await changeableApp(person, req);
    const types = await tries.types(person, req.params.tenant, app);
    // They change with the runtime of the app only, and each person has their own copy.
    res.set('Cache-Control', 'private, max-age=3600').vary('Authorization');
    res.json(types);
  });
  return { router };
}
