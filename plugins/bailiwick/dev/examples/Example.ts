import type { Entity } from '@backstage/catalog-model';
import type { ReactElement } from 'react';
import type { FakePortal } from '../../src/__fixtures__/FakePortal';

/** A component or a page of the product with one kind of input. */
export interface Example {
  /** Last part of its address. */
  name: string;
  title: string;
  element: ReactElement;
  /** The wire behind it; that of the example portal by default. */
  portal?: () => FakePortal;
  /** Entity of the catalog page around it. */
  entity?: Entity;
  /** Query of its address, without the question mark. */
  query?: string;
  /** Whether the element is a whole page with a heading and a main landmark. */
  isPage?: boolean;
  /** Text that is visible once the example is complete. */
  shows: string;
  /** Whether it never loads, so that placeholders stay. */
  isLoading?: boolean;
  /** Whether its text needs typefaces of the machine, so that pictures of two machines differ. */
  hasSystemFonts?: boolean;
}

/** Examples of one subject, under a heading. */
export interface ExampleGroup {
  title: string;
  examples: Example[];
}
