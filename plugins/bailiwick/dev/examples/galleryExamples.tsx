import { GalleryPage } from '@bailiwick/backstage-plugin-app-module-bailiwick/gallery';
import type { Example } from './Example';
import { packs } from './fixtures/packs';
import { completePortal } from './fixtures/portals';
import { titles } from './fixtures/titles';

const gallery = {
  element: <GalleryPage />,
  portal: () => completePortal().answers('GET /packs', { items: packs }),
};

/** Packs without an icon, with a hostile one, and with long names. */
export const galleryExamples: Example[] = [
  {
    ...gallery,
    name: 'gallery',
    title: 'Gallery',
    shows: titles.hebrew,
    hasSystemFonts: true,
  },
  {
    ...gallery,
    name: 'gallery-preview',
    title: 'Preview of a template',
    query: 'preview=hostile-template-0',
    shows: 'A preview creates nothing',
  },
];
