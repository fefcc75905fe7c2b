import { escapeXml } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { maxScale, type EdmType, type Property } from '../tables';

/**
 * A collection of rows of a function: an entity set, or, if parameters must be given, the result of a function of
 * OData.
 */
export interface EntitySet {
  /** Identifier of OData, unique in the service. */
  name: string;
  properties: Property[];
  /** Names of the key properties, at least one. */
  key: string[];
  description?: string;
  /** Parameters of the function; only those with `isRequired` must be given. */
  parameters: Parameter[];
}

/** A parameter of a function. */
export interface Parameter {
  name: string;
  type: EdmType;
  isCollection: boolean;
  isRequired: boolean;
}

/** XML namespace of the schema (CSDL 4.0, section 5.1.1). */
export const namespace = 'Bailiwick';

/**
 * Returns the service document (OData 4.0 JSON Format, section 5).
 *
 * @param root - address of the service, with a slash at the end
 */
export function serviceDocument(
  root: string,
  sets: readonly EntitySet[],
): object {
  return {
    '@odata.context': `${root}$metadata`,
    value: sets
      .filter(isEntitySet)
      .map(({ name }) => ({ name, kind: 'EntitySet', url: name })),
  };
}

/**
 * Returns the metadata document as XML (CSDL 4.0). The only annotation is `Core.Description`, because a mistake in other
 * vocabularies stops Power BI. There is no reference to its vocabulary, because some clients would load it from the
 * internet.
 */
export function metadataDocument(sets: readonly EntitySet[]): string {
  const types = sets.map(entityType).join('');
  const functions = sets.map(functionOverloads).join('');
  const containers = sets.map(containerElement).join('');
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">',
    '<edmx:DataServices>',
    `<Schema Namespace="${namespace}" xmlns="http://docs.oasis-open.org/odata/ns/edm">`,
    types,
    functions,
    `<EntityContainer Name="Container">${containers}</EntityContainer>`,
    '</Schema></edmx:DataServices></edmx:Edmx>',
  ].join('');
}

/** Whether all parameters can be left out. */
export function isEntitySet({ parameters }: EntitySet): boolean {
  return !parameters.some(({ isRequired }) => isRequired);
}

function containerElement(set: EntitySet): string {
  const name = escapeXml(set.name);
  return isEntitySet(set)
    ? `<EntitySet Name="${name}" EntityType="${namespace}.${name}"/>`
    : `<FunctionImport Name="${name}" Function="${namespace}.${name}"/>`;
}

/** OData 4.0 has no optional parameters, so a function has an overload with the required ones, and one with all. */
function functionOverloads(set: EntitySet): string {
  if (isEntitySet(set)) return '';
  const { parameters } = set;
  const required = parameters.filter(({ isRequired }) => isRequired);
  const overloads =
    required.length < parameters.length ? [required, parameters] : [required];
  const name = escapeXml(set.name);
  return overloads
    .map(overload =>
      [
        `<Function Name="${name}">`,
        ...overload.map(({ isCollection, name: parameter, type }) => {
          const full = isCollection ? `Collection(${type})` : type;
          return `<Parameter Name="${escapeXml(parameter)}" Type="${full}"/>`;
        }),
        `<ReturnType Type="Collection(${namespace}.${name})" Nullable="false"/>`,
        '</Function>',
      ].join(''),
    )
    .join('');
}

function entityType({ description, key, name, properties }: EntitySet): string {
  const refs = key
    .map(one => `<PropertyRef Name="${escapeXml(one)}"/>`)
    .join('');
  return [
    `<EntityType Name="${escapeXml(name)}">`,
    `<Key>${refs}</Key>`,
    ...properties.map(one => property(one, key.includes(one.name))),
    describe(description),
    '</EntityType>',
  ].join('');
}

function property(
  { column, description, isNullable, name, precision, scale, type }: Property,
  isKey: boolean,
): string {
  const attributes = [
    `Name="${escapeXml(name)}"`,
    `Type="${type}"`,
    // Keys cannot be null (CSDL 4.0, section 8.2); properties can by default.
    ...(isKey || !isNullable ? ['Nullable="false"'] : []),
    ...(type === 'Edm.Decimal'
      ? [`Precision="${precision ?? 38}"`, `Scale="${scale ?? maxScale}"`]
      : []),
    ...(type === 'Edm.DateTimeOffset' || type === 'Edm.TimeOfDay'
      ? ['Precision="6"']
      : []),
  ].join(' ');
  const words = [column === name ? undefined : column, description]
    .filter(Boolean)
    .join(': ');
  return words
    ? `<Property ${attributes}>${describe(words)}</Property>`
    : `<Property ${attributes}/>`;
}

function describe(description: string | undefined): string {
  return description
    ? `<Annotation Term="Org.OData.Core.V1.Description" String="${escapeXml(
        description,
      )}"/>`
    : '';
}
