import type { Request, Response } from 'express';
import { onDisconnect } from './onDisconnect';
import { openStream, type Freshness } from './openStream';

/** Debounce of changes. */
const debounceMs = 100;

/** One change of a watched list, as the browser receives it. */
export type ListChange<T> =
  | { type: 'snapshot'; items: T[] }
  | { type: 'changed'; item: T }
  | { type: 'removed'; id: string };

/** A watched list: how it reads for the asking person, and how to hear of its changes. */
export interface ListSource<O, T> {
  freshness: Freshness;
  list(): O[];
  idOf(object: O): string;
  /** The view of an object, `undefined` when the person may not see it. */
  view(object: O): T | undefined;
  subscribe(listener: (event: { type: string; object: O }) => void): () => void;
}

/** Whether the request is for a stream of changes. */
export function isFollowed({ query }: Request): boolean {
  return query.watch === 'true';
}

/**
 * Sends a list once, or as a stream of changes when the query has `watch=true`. Objects that the
 * person never saw are not mentioned, not even by name when they are deleted.
 */
export function answerList<O, T>(
  request: Request,
  response: Response,
  source: ListSource<O, T>,
): void {
  const shown = new Set<string>();
  const items = source.list().flatMap(object => {
    const item = source.view(object);
    if (item === undefined) return [];
    shown.add(source.idOf(object));
    return [item];
  });
  if (!isFollowed(request)) {
    response.json({ items });
    return;
  }
  const send = openStream<ListChange<T>>(response, source.freshness);
  send({ type: 'snapshot', items });
  const tell = (id: string, type: string, object: O) => {
    const item = type === 'deleted' ? undefined : source.view(object);
    if (item !== undefined) {
      shown.add(id);
      send({ type: 'changed', item });
    } else if (shown.delete(id)) {
      send({ type: 'removed', id });
    }
  };
  // The newest change of each object, for slow clients.
  const waiting = new Map<string, [type: string, object: O]>();
  const unsubscribe = source.subscribe(({ type, object }) => {
    const id = source.idOf(object);
    if (response.writableNeedDrain) waiting.set(id, [type, object]);
    else tell(id, type, object);
  });
  response.on('drain', () => {
    const changes = [...waiting];
    waiting.clear();
    changes.forEach(([id, change]) => tell(id, ...change));
  });
  onDisconnect(response, unsubscribe);
}

/**
 * Sends a value once, or again after each change when the query has `watch=true`. A slow client gets the
 * newest value once it has read the one before.
 */
export function answerValue<T>(
  request: Request,
  response: Response,
  source: {
    freshness: Freshness;
    read(): T;
    subscribe(listener: () => void): () => void;
  },
): void {
  if (!isFollowed(request)) {
    response.json(source.read());
    return;
  }
  const send = openStream<T>(response, source.freshness);
  let told = '';
  const readOrEnd = () => {
    try {
      return source.read();
    } catch {
      response.end(); // deleted, or not visible to this person any more
      return undefined;
    }
  };
  const tell = () => {
    const value = readOrEnd();
    if (value === undefined) return;
    const text = JSON.stringify(value);
    if (text === told) return;
    told = text;
    send(value);
  };
  tell();
  let gathering: NodeJS.Timeout | undefined;
  let isBehind = false;
  const unsubscribe = source.subscribe(() => {
    gathering ??= setTimeout(() => {
      gathering = undefined;
      if (response.writableNeedDrain) isBehind = true;
      else tell();
    }, debounceMs);
  });
  response.on('drain', () => {
    if (isBehind) tell();
    isBehind = false;
  });
  onDisconnect(response, () => {
    clearTimeout(gathering);
    unsubscribe();
  });
}
