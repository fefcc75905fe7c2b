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

/** Bytes of the largest manifest or configuration. */
const mostJson = 200_000;

const configSchema = z.object({ name: z.string(), version: z.string() });

interface Found {
  descriptor: Descriptor;
  manifest: Manifest;
}

/** Which pack of a layout, and whose. */
export interface LayoutChoice {
  /** Digest of its manifest; may be left out when the layout holds one pack. */
  digest?: string;
  /** Public Ed25519 key by which it has to be signed; nobody's signature is asked for without. */
  publicKey?: PemKey;
}

/**
 * Reads a pack from an OCI image layout as {@link buildLayout} writes it, also after tools copied it.
 * Sizes are looked at before anything is read, every blob has to be what its digest says, and the
 * files of the pack are checked as those of a folder are; nothing is written.
 *
 * @param layout - folder of the layout
 * @throws PackError when it is no such layout, when anything in it is not what it says, when the
 * signature is missing or from another key, or with every problem of the pack
 */
export async function readLayout(
  layout: string,
  choice: LayoutChoice = {},
): Promise<{ digest: string; pack: DomainPack }> {
  const { digest, source } = await readLayoutSource(layout, choice);
  return { digest, pack: compileSource(source) };
}

/** The same as {@link readLayout}, with what is not part of a compiled pack. */
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

/** All manifests that the index lists. */
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

/** The envelopes of all signatures of a manifest. */
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
    `The layout is labelled ${config.name} ${config.version}, but its files are ${metadata.name} ${spec.version}`,
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
