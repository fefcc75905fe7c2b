import type { DomainPack } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { z } from 'zod';
import { compileSource } from '../compile';
import { lintFiles, validPack } from '../lint';
import { PackError } from '../problem/Problem';
import type { PackSource } from '../source/readSource';
import { BlobReader } from './BlobReader';
import {
  blobPath,
  manifestSchema,
  type Descriptor,
  type Manifest,
} from './layoutFormat';
import {
  envelopeType,
  manifestType,
  packConfigType,
  packContentType,
  packType,
  signatureType,
} from './mediaTypes';
import { isSigned, readPublicKey, type PemKey } from './signature';
import { mostBytes, unpackArchive } from './unpackArchive';

/** Maximum size of a manifest or configuration, bytes. */
const mostJson = 200_000;

const configSchema = z.object({ name: z.string(), version: z.string() });

interface Found {
  descriptor: Descriptor;
  manifest: Manifest;
}

/** Selects and verifies a pack of a layout. @public */
export interface LayoutChoice {
  /** Digest of the manifest; optional if the layout contains one pack. */
  digest?: string;
  /** Public Ed25519 key that must verify the signature; by default no signature is required. */
  publicKey?: PemKey;
}

/**
 * Reads a pack from an OCI image layout, as written by {@link buildLayout} and copied by tools. Checks sizes before
 * reading, verifies the digest of each blob, and validates the files like those of a folder. Writes nothing.
 *
 * @param layout - folder of the layout
 * @throws PackError if the layout or its content is invalid, if the signature is missing or from another key, or with
 * all problems of the pack
 * @public
 */
export async function readLayout(
  layout: string,
  choice: LayoutChoice = {},
): Promise<{ digest: string; pack: DomainPack }> {
  const { digest, source } = await readLayoutSource(layout, choice);
  return { digest, pack: compileSource(source) };
}

/** Same as {@link readLayout}, including the parts that a compiled pack omits. */
export async function readLayoutSource(
  layout: string,
  { digest, publicKey }: LayoutChoice = {},
): Promise<{ digest: string; source: PackSource }> {
  const key = publicKey && readPublicKey(publicKey);
  const blobs = new BlobReader(layout);
  const manifests = readManifests(blobs);
  const chosen = choose(manifests, digest);
  const of = chosen.descriptor.digest;
  const envelopes = readEnvelopes(blobs, manifests, of);
  if (key && !envelopes.some(one => isSigned(of, one, key)))
    throw unsigned(of, envelopes.length, publicKey!.file);
  return { digest: of, source: await readSource(blobs, chosen) };
}

/** Returns all manifests in the index. */
function readManifests(blobs: BlobReader): Found[] {
  const descriptors = blobs
    .readIndex()
    .manifests.filter(({ mediaType }) => mediaType === manifestType);
  const unique = new Map(descriptors.map(one => [one.digest, one]));
  return [...unique.values()].map(descriptor => ({
    descriptor,
    manifest: blobs.readJson(descriptor, mostJson, manifestSchema),
  }));
}

function choose(manifests: Found[], digest?: string): Found {
  const packs = manifests.filter(
    ({ manifest }) => manifest.artifactType === packType,
  );
  const those = packs.filter(
    ({ descriptor }) => !digest || descriptor.digest === digest,
  );
  if (those.length === 1) return those[0];
  const all = packs.map(({ descriptor }) => descriptor.digest).join(', ');
  throw problem(
    'index.json',
    digest
      ? `The layout does not list the pack ${digest}`
      : `The layout lists ${packs.length} packs`,
    packs.length > 0
      ? `Select one by its digest, such as <layout>@${packs[0].descriptor.digest}; available: ${all}`
      : 'Give a folder built by: bailiwick pack build',
  );
}

/** Returns the envelopes of all signatures of a manifest. */
function readEnvelopes(
  blobs: BlobReader,
  manifests: Found[],
  digest: string,
): unknown[] {
  return manifests
    .filter(
      ({ manifest }) =>
        manifest.artifactType === signatureType &&
        manifest.subject?.digest === digest,
    )
    .flatMap(({ manifest: { config, layers } }) => {
      blobs.read(config, mostJson);
      return layers
        .filter(({ mediaType }) => mediaType === envelopeType)
        .map(layer => blobs.readJson(layer, mostJson, z.unknown()));
    });
}

async function readSource(
  blobs: BlobReader,
  { descriptor, manifest }: Found,
): Promise<PackSource> {
  const file = blobPath(descriptor.digest);
  const [layer, ...others] = manifest.layers;
  const isPack =
    manifest.config.mediaType === packConfigType &&
    layer?.mediaType === packContentType &&
    others.length === 0;
  if (!isPack)
    throw problem(
      file,
      'The format version of the pack is not supported',
      'Build the pack again, or use a newer Bailiwick',
    );
  const config = blobs.readJson(manifest.config, mostJson, configSchema);
  const content = blobs.read(layer, mostBytes + mostJson);
  const files = await unpackArchive(blobPath(layer.digest), content);
  const pack = validPack(lintFiles(files));
  const { metadata, spec } = pack.source!;
  if (config.name === metadata.name && config.version === spec.version)
    return pack;
  throw problem(
    file,
    `The layout is labeled ${config.name} ${config.version}, but its files are ${metadata.name} ${spec.version}`,
    'Build the pack again',
  );
}

function unsigned(digest: string, count: number, key: string): PackError {
  return count === 0
    ? problem(
        'index.json',
        `The pack ${digest} has no signature`,
        'Build it with --sign, or copy its signature as well: oras cp --recursive',
      )
    : problem(
        'index.json',
        `The pack ${digest} has no signature by the key ${key}`,
        'Find out who published the pack; use it only if you trust them',
      );
}

function problem(file: string, what: string, remedy: string): PackError {
  return new PackError({ file, what, remedy });
}
