import type {
  PipelineView,
  ReleaseView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakePortal } from '../../../__fixtures__/FakePortal';
import { aDeployment, anApp } from '../../../__fixtures__/views';
import { renderPage } from '../../../__testUtils__/renderPage';
import { ReleasesCard } from './ReleasesCard';
import { StageActions } from './StageActions';

const publication = 'POST /tenants/rates-desk/apps/month-end-prices/releases';
const app = anApp();
const [environment] = app.spec.environments;
const { pipeline } = aDeployment();
const [stage] = pipeline.stages;
const published: ReleaseView = {
  name: 'month-end-prices-r1',
  number: 1,
  commit: app.status!.environments![0].revision!,
  archetype: { pack: 'market', version: '1.0.0', name: 'price-feed' },
  createdBy: 'user:default/bea',
  createdAt: '2026-11-20T08:00:00Z',
};
const image: ReleaseView = {
  ...published,
  name: 'month-end-prices-r2',
  number: 2,
  format: 'image',
};

const withReleases = (...releases: ReleaseView[]): PipelineView => ({
  ...pipeline,
  releases,
});

describe('StageActions', () => {
  const show = (of: PipelineView, portal = new FakePortal()) =>
    renderPage(
      <StageActions
        app={app}
        environment={environment}
        onRollBack={() => {}}
        pipeline={of}
        stage={stage}
      />,
      portal,
    );
  const button = (name: string) => screen.queryByRole('button', { name });

  it('publishes a draft as a code bundle or as an image', async () => {
    const portal = new FakePortal().answers(publication, 'Later.', 409);
    await show(pipeline, portal);
    expect(button('Publish a release')).toBeVisible();
    await userEvent.click(button('Publish as image')!);
    expect(await screen.findByText('Later.')).toBeVisible();
    expect(portal.calls.at(-1)?.body).toEqual({
      environment: 'dev',
      format: 'image',
    });
  });

  it('offers an image of a commit that is published as a code bundle', async () => {
    await show(withReleases(published));
    expect(button('Publish a release')).toBeNull();
    expect(button('Release published')).toBeDisabled();
    expect(button('Publish as image')).toBeVisible();
  });

  it.each(['Failed', 'Cancelled'] as const)(
    'offers a code bundle if the build of the image is %s',
    async build => {
      await show(withReleases({ ...image, build }));
      expect(button('Publish a release')).toBeVisible();
      expect(button('Publish as image')).toBeNull();
    },
  );

  it('offers nothing more once there is an image', async () => {
    await show(withReleases(image));
    expect(button('Publish a release')).toBeNull();
    expect(button('Release published')).toBeNull();
    expect(button('Publish as image')).toBeNull();
  });
});

describe('ReleasesCard', () => {
  it('tells bundles, images, and images that are not built apart', async () => {
    const built = {
      ...image,
      name: 'month-end-prices-r3',
      image: 'x@sha256:0',
    };
    const extended = {
      ...built,
      name: 'month-end-prices-r4',
      dockerfile: true,
    };
    await renderPage(
      <ReleasesCard
        app={app}
        commits={[]}
        pipeline={withReleases(
          extended,
          built,
          image,
          { ...image, name: 'month-end-prices-r5', build: 'Failed' },
          { ...extended, image: undefined, name: 'x-r6', build: 'Cancelled' },
          published,
        )}
      />,
      new FakePortal(),
    );
    const formats = screen
      .getAllByRole('row')
      .slice(1)
      .map(row => row.querySelectorAll('td')[2].textContent);
    expect(formats).toEqual([
      'Image with Dockerfile',
      'Image',
      'Image, not built yet',
      'Image, failed to build',
      'Image with Dockerfile, build cancelled',
      'Code bundle',
    ]);
  });
});
