import type { ArchetypeView } from './templateFacts';

/** An input of a template's form. */
export interface PreviewInput {
  title: string;
  description?: string;
  /** The default as text; absent when there is none. */
  proposed?: string;
}

type Schema = { title?: string; description?: string; default?: unknown };

function wordsOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(wordsOf).join(', ');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Returns the inputs of an archetype's form in their order, with defaults. */
export function previewInputs({
  parameters,
}: Pick<ArchetypeView, 'parameters'>): PreviewInput[] {
  const properties = (parameters.properties ?? {}) as Record<string, Schema>;
  const order = (parameters['ui:order'] ?? []) as string[];
  const names = [...new Set([...order, ...Object.keys(properties)])];
  return names
    .filter(name => Object.hasOwn(properties, name))
    .map(name => {
      const { default: proposed, description, title } = properties[name];
      return {
        title: title ?? name,
        ...(description && { description }),
        ...(proposed !== undefined && { proposed: wordsOf(proposed) }),
      };
    });
}
