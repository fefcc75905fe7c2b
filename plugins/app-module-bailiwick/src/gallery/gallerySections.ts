import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import type { PackView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  annotations,
  type PackColour,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  pictureOf,
  readTestResults,
  templateName,
  type ArchetypeSample,
  type ArchetypeTestResult,
  type Picture,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { functionsOf, type ArchetypeView } from './templateFacts';

/** A template as the gallery shows it. */
export interface GalleryTemplate {
  entity: Entity;
  ref: string;
  title: string;
  description: string;
  /** Archetype and pack; absent for templates from elsewhere. */
  made?: {
    archetype: ArchetypeView;
    pack: PackView;
    /** Results of the pack's tests; absent when it was not tested. */
    results?: ArchetypeTestResult;
    /** Sample rows, and the function that returns them. */
    sample?: ArchetypeSample;
    picture: Picture;
  };
}

/** The templates of one domain. */
export interface GallerySection {
  /** Name of the pack; empty for templates from elsewhere. */
  name: string;
  title: string;
  summary: string;
  colour?: PackColour;
  /** SVG text. */
  icon?: string;
  templates: GalleryTemplate[];
}

/** Template for requesting a tenant, which is no template for apps. */
const tenantTemplate = 'template:default/request-tenant';

function titleOf({ metadata }: Entity): string {
  return metadata.title ?? metadata.name;
}

/** Returns the rows of a test; otherwise the example rows of the archetype. */
function sampleOf(
  archetype: ArchetypeView,
  results?: ArchetypeTestResult,
): ArchetypeSample | undefined {
  if (results?.sample) return inContractOrder(archetype, results.sample);
  const { example = [] } = archetype;
  const fields = [...new Set(example.flatMap(row => Object.keys(row)))];
  const owner = functionsOf(archetype).find(({ result }) =>
    fields.every(field => result.columns?.some(({ name }) => name === field)),
  );
  return example.length > 0 && owner
    ? inContractOrder(archetype, {
        function: owner.name,
        rows: example as ArchetypeSample['rows'],
      })
    : undefined;
}

/** Orders the columns of sample rows as in the contract, because Kubernetes sorts the fields of objects. */
function inContractOrder(
  archetype: ArchetypeView,
  sample: ArchetypeSample,
): ArchetypeSample {
  const { result } =
    functionsOf(archetype).find(({ name }) => name === sample.function) ?? {};
  const columns = (result?.columns ?? []).map(({ name }) => name);
  return {
    ...sample,
    rows: sample.rows.map(row =>
      Object.fromEntries(
        columns
          .filter(name => Object.hasOwn(row, name))
          .map(name => [name, row[name]]),
      ),
    ),
  };
}

function describe(
  entity: Entity,
  pack?: PackView,
  archetype?: ArchetypeView,
): GalleryTemplate {
  const template = {
    entity,
    ref: stringifyEntityRef(entity),
    title: titleOf(entity),
    description: entity.metadata.description ?? '',
  };
  if (!pack || !archetype) return template;
  const tested = readTestResults(
    pack.metadata.annotations?.[annotations.tested],
  );
  const { [archetype.name]: results } = tested?.archetypes ?? {};
  const sample = sampleOf(archetype, results);
  const picture = sample
    ? pictureOf(sample.rows, keyOf(archetype, sample))
    : emptyPicture(archetype);
  return { ...template, made: { archetype, pack, results, sample, picture } };
}

/** The columns of the first table, for archetypes without sample rows. */
function emptyPicture(archetype: ArchetypeView): Picture {
  const { result } =
    functionsOf(archetype).find(one => one.result.columns) ?? {};
  const columns = (result?.columns ?? []).slice(0, 3).map(({ name }) => name);
  return { kind: 'table', columns, rows: [] };
}

function keyOf(archetype: ArchetypeView, sample: ArchetypeSample): string[] {
  const called = functionsOf(archetype).find(
    ({ name }) => name === sample.function,
  );
  return called?.result.key ?? [];
}

/**
 * Groups the catalog's templates by domain: domains by title, templates in the order of their pack, templates from
 * elsewhere last. The template for requesting a tenant is left out.
 */
export function gallerySections(
  templates: readonly Entity[],
  packs: readonly PackView[],
): GallerySection[] {
  const left = new Map(
    templates
      .filter(entity => stringifyEntityRef(entity) !== tenantTemplate)
      .map(entity => [stringifyEntityRef(entity), entity]),
  );
  const take = (ref: string) => {
    const entity = left.get(ref);
    left.delete(ref);
    return entity;
  };
  const ofPacks = packs
    .toSorted((one, other) => one.spec.title.localeCompare(other.spec.title))
    .map(pack => {
      const { metadata, spec } = pack;
      const { colour, icon, summary } = spec.presentation ?? {};
      return {
        name: metadata.name,
        title: spec.title,
        summary: summary ?? spec.description,
        ...(colour && { colour }),
        ...(icon && { icon }),
        templates: spec.archetypes.flatMap(archetype => {
          const name = templateName(metadata.name, archetype.name);
          const entity = take(`template:default/${name}`);
          return entity ? [describe(entity, pack, archetype)] : [];
        }),
      };
    });
  const others = [...left.values()]
    .toSorted((one, other) => titleOf(one).localeCompare(titleOf(other)))
    .map(entity => describe(entity));
  return [
    ...ofPacks,
    {
      name: '',
      title: 'Other templates',
      summary: 'Templates from elsewhere in the catalog.',
      templates: others,
    },
  ].filter(section => section.templates.length > 0);
}

/** Returns the sections with the templates that a filter keeps; sections without any are left out. */
export function filterSections(
  sections: readonly GallerySection[],
  keep: (template: GalleryTemplate, section: GallerySection) => boolean,
): GallerySection[] {
  return sections
    .map(section => ({
      ...section,
      templates: section.templates.filter(one => keep(one, section)),
    }))
    .filter(section => section.templates.length > 0);
}

/** Whether a template contains all words of a search, in its texts, domain, functions or columns. */
export function matchesSearch(
  { description, made, title }: GalleryTemplate,
  section: GallerySection,
  search: string,
): boolean {
  const functions = made ? functionsOf(made.archetype) : [];
  const text = [
    title,
    description,
    section.title,
    ...functions.flatMap(({ name, result }) => [
      name,
      ...(result.columns ?? []).map(column => column.name),
    ]),
  ]
    .join(' ')
    .toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every(word => text.includes(word));
}
