// Backstage's page for templates with our gallery.
import {
  coreExtensionData,
  createFrontendModule,
  ExtensionBoundary,
} from '@backstage/frontend-plugin-api';
import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';
import { Navigate, Route, Routes, useLocation } from 'react-router-dom';

const gallery = scaffolderPlugin
  .getExtension('sub-page:scaffolder/templates')
  .override({
    *factory(originalFactory, { node }) {
      const original = originalFactory();
      yield* original;
      // The forms of templates stay Backstage's.
      yield coreExtensionData.reactElement(
        <Routes>
          <Route
            index
            element={ExtensionBoundary.lazy(node, () =>
              import('./gallery/GalleryPage').then(m => <m.GalleryPage />),
            )}
          />
          <Route
            path="*"
            element={original.get(coreExtensionData.reactElement)}
          />
        </Routes>,
      );
    },
  });

/** Backstage's redirect from the page to its first sub-page drops the query, which names the tenant of a new app. */
const page = scaffolderPlugin.getExtension('page:scaffolder').override({
  *factory(originalFactory) {
    const original = originalFactory();
    yield* original;
    yield coreExtensionData.reactElement(
      <Routes>
        <Route index element={<ToGallery />} />
        <Route
          path="*"
          element={original.get(coreExtensionData.reactElement)}
        />
      </Routes>,
    );
  },
});

function ToGallery() {
  const { search } = useLocation();
  return <Navigate to={`templates${search}`} replace />;
}

/** Sub-pages for people who write templates. */
const authorPages = (
  [
    ['sub-page:scaffolder/actions', 'Actions'],
    ['sub-page:scaffolder/editor', 'Template editor'],
    ['sub-page:scaffolder/templating-extensions', 'Templating extensions'],
  ] as const
).map(([id, title]) =>
  scaffolderPlugin.getExtension(id).override({
    if: { permissions: { $contains: 'scaffolder.template.management' } },
    params: { title },
  }),
);

/** The gallery in place of Backstage's list of templates. */
export const galleryModule = createFrontendModule({
  pluginId: 'scaffolder',
  extensions: [page, gallery],
});

/** Hides the pages for authors of templates from everyone else. */
export const authorPagesModule = createFrontendModule({
  pluginId: 'scaffolder',
  extensions: authorPages,
});
