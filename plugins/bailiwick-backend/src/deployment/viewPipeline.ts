import {
  homeNamespace,
  type ChangeRequest,
  type Release,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  cordonRefusal,
  decidersOf,
  findArchetype,
  requestStateOf,
  runningDifferences,
  runningIn,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type {
  AppView,
  PipelineStage,
  PipelineView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { WatchedLists } from '@bailiwick/backstage-plugin-bailiwick-node';
import { ofApp } from '../authorization';
import { byAge } from '../pods';
import { viewRelease } from '../releases/viewRelease';

const releasesShown = 50;
const forBuilders = 'Only builders and owners can promote it';

/** The way of an app through the environments of its tenant, from the watched lists alone. */
export function viewPipeline(
  app: AppView,
  { builds, packs, releases, requests, tenants }: WatchedLists,
): PipelineView {
  const { metadata, spec, tenant } = app;
  const home = homeNamespace(tenant);
  const known = ofApp(releases, metadata).sort(
    (a, b) => b.spec.number - a.spec.number,
  );
  const attempts = ofApp(builds, metadata).sort(byAge);
  const asked = requests
    .list()
    .filter(request => isOpenPromotion(request, metadata.name, home));
  const owner = tenants.get(tenant);
  const refusal = app.canBuild
    ? cordonRefusal(tenant, owner?.spec.cordon)
    : forBuilders;
  const places = owner?.spec.environments ?? [];
  const stages = places.map((place, position): PipelineStage => {
    const before = places[position - 1];
    const request = asked.find(
      one => one.spec.proposed.environment === place.name,
    );
    return {
      name: place.name,
      protected: place.protected,
      cluster: place.cluster,
      ...(refusal && { refusal }),
      ...differences(app, before?.name, place.name, known),
      ...(request && {
        asked: {
          request: request.metadata.name,
          release: String(request.spec.proposed.release),
          by: request.spec.requestedBy,
          at: request.metadata.creationTimestamp,
          approvers: decidersOf(request, owner, undefined),
        },
      }),
    };
  });
  const settings = findArchetype(packs, spec.archetype).archetype?.settings;
  return {
    stages,
    releases: known.slice(0, releasesShown).map(release =>
      viewRelease(
        release,
        attempts.find(one => one.spec.image?.release === release.metadata.name),
      ),
    ),
    ...(settings && { settings }),
  };
}

function differences(
  app: AppView,
  before: string | undefined,
  name: string,
  releases: Release[],
): Pick<PipelineStage, 'differences'> {
  const [one, other] = [before, name].map(
    place => place && runningIn(app, place, releases),
  );
  return one && other ? { differences: runningDifferences(other, one) } : {};
}

function isOpenPromotion(
  request: ChangeRequest,
  app: string,
  home: string,
): boolean {
  const { spec } = request;
  return (
    spec.action === 'promote' &&
    spec.target.name === app &&
    spec.target.namespace === home &&
    requestStateOf(request) === 'Pending'
  );
}
