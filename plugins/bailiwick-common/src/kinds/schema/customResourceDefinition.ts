import { z } from 'zod';
import { group, version } from '../naming/labels';
import type { Kind } from './kind';

type Json = Record<string, any>;

/**
 * Makes a JSON Schema structural in the sense of Kubernetes: no `additionalProperties: false` (unknown fields are
 * pruned), no `const`, and only fields of JSON Schema that CRDs support.
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema
 */
function structural(schema: Json): Json {
  const {
    $schema: _schema,
    additionalProperties,
    propertyNames: _names,
    const: constant,
    exclusiveMinimum,
    ...rest
  } = schema;
  const result: Json = { ...rest };
  if (constant !== undefined) result.enum = [constant];
  if (typeof exclusiveMinimum === 'number') {
    result.minimum = exclusiveMinimum;
    result.exclusiveMinimum = true;
  }
  if (result['x-kubernetes-preserve-unknown-fields']) {
    return { ...result, type: 'object' };
  }
  if (result.format === 'date-time') delete result.pattern;
  if (Math.abs(result.maximum ?? 0) >= Number.MAX_SAFE_INTEGER)
    delete result.maximum;
  if (Math.abs(result.minimum ?? 0) >= Number.MAX_SAFE_INTEGER)
    delete result.minimum;
  if (result.items) result.items = structural(result.items);
  if (result.properties) {
    result.properties = Object.fromEntries(
      Object.entries(result.properties as Json).map(([name, property]) => [
        name,
        structural(property),
      ]),
    );
  } else if (additionalProperties && typeof additionalProperties === 'object') {
    result.additionalProperties = structural(additionalProperties);
  }
  return result;
}

function openApi(schema: z.ZodType): Json {
  return structural(z.toJSONSchema(schema, { target: 'draft-7', io: 'input' }));
}

/** The CustomResourceDefinition (apiextensions.k8s.io/v1) of a kind. */
export function toCustomResourceDefinition(kind: Kind): Json {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${kind.plural}.${group}`,
      labels: { 'app.kubernetes.io/part-of': 'bailiwick' },
    },
    spec: {
      group,
      scope: kind.scope,
      names: {
        kind: kind.kind,
        listKind: `${kind.kind}List`,
        plural: kind.plural,
        singular: kind.kind.toLowerCase(),
        shortNames: kind.shortNames,
        categories: ['bailiwick'],
      },
      versions: [
        {
          name: version,
          served: true,
          storage: true,
          subresources: { status: {} },
          additionalPrinterColumns: kind.columns,
          schema: {
            openAPIV3Schema: {
              type: 'object',
              description: kind.description,
              required: ['spec'],
              properties: {
                apiVersion: { type: 'string' },
                kind: { type: 'string' },
                metadata: { type: 'object' },
                spec: openApi(kind.spec),
                status: openApi(kind.status),
              },
              ...(kind.rules.length > 0 && {
                'x-kubernetes-validations': kind.rules.map(
                  ({ cel, message }) => ({ rule: cel, message }),
                ),
              }),
            },
          },
        },
      ],
    },
  };
}
