/** A guide in the list of guides. @public */
export interface GuideSummary {
  /** Name in the address, unique. */
  name: string;
  /** Path of the file in the folder of the guides, which links of other guides name. */
  path: string;
  /** First heading. */
  title: string;
  /** The first two sentences: whom the guide is for, and what it shows. */
  summary: string;
  /** Heading in the list of guides. */
  section: string;
}

/** Content of a guide under one heading, up to the next heading. @public */
export interface GuidePart {
  /** Fragment of the address; empty for the beginning of the guide. */
  anchor: string;
  title: string;
  /** Level of the heading; 1 for the beginning of the guide. */
  level: number;
  /** Content without the heading and without pictures. */
  markdown: string;
}

/** A guide with its content. @public */
export interface GuideView extends GuideSummary {
  parts: GuidePart[];
}
