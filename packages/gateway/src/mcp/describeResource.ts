import { requiredParameters } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { Resource } from '@modelcontextprotocol/server';
import { descriptionOf } from './describeTool';
import type { Offer } from './offers';

/** Whether a function is a dataset: a table that can be read without arguments. */
export function isResource({ fn }: Offer): boolean {
  return fn.result.kind === 'table' && requiredParameters(fn).length === 0;
}

/** Describes a table as a resource (https://modelcontextprotocol.io/specification, "Resources"). */
export function describeResource(offer: Offer, uri: string): Resource {
  return {
    uri,
    name: offer.name,
    title: offer.title,
    description: descriptionOf(offer.fn),
    mimeType: 'application/json',
  };
}
