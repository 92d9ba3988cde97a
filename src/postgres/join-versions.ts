import { estimatedResemblance } from '../documents/shingles.js';
import { meanVector } from '../embedding/vector-math.js';
import { type VersionCandidate, type VersionSource, versionsAmong } from '../storage/find-versions.js';
import { toSignature } from '../storage/signature-blob.js';
import { LEAST_RESEMBLANCE, MOST_CANDIDATES } from '../storage/version-store.js';
import { fromSent } from './sent-vector.js';
import type { Session } from './session.js';
import { bandsOf } from './signature-bands.js';
import type { KeyedDocument } from './write-documents.js';

/** Documents that have a band in common with one, of which the likest are compared. */
const MOST_MET = 1_000;

/** Finds the versions of documents that were written, and joins each with them and their groups. */
export async function joinVersions(documents: KeyedDocument[], session: Session): Promise<void> {
  for (const { key, document } of documents) {
    const { text, signature, vectors } = document;
    const versions = await versionsOf({ key, text, signature, vectors }, session);
    if (versions.length > 0) await join([key, ...versions], session);
  }
}

/** The documents that are versions of a text, by their keys. */
export async function versionsOf(source: VersionSource, session: Pick<Session, 'query'>): Promise<number[]> {
  const { key, signature, vectors } = source;
  if (!meanVector(vectors)) return [];
  const met = await session.query<{ key: number; signature: Buffer }>(
    `SELECT key, signature FROM documents WHERE bands && $1::integer[] AND key <> $2 LIMIT ${MOST_MET}`,
    [bandsOf(signature), key ?? 0],
  );
  const likest = met
    .map((row) => ({ key: row.key, likeness: estimatedResemblance(signature, toSignature(row.signature)) }))
    .filter(({ likeness }) => likeness >= LEAST_RESEMBLANCE)
    .sort((a, b) => b.likeness - a.likeness || a.key - b.key)
    .slice(0, MOST_CANDIDATES);
  if (likest.length === 0) return [];
  return versionsAmong(
    source,
    await read(
      likest.map((one) => one.key),
      session,
    ),
  );
}

/** In the given order. */
async function read(keys: number[], session: Pick<Session, 'query'>): Promise<VersionCandidate[]> {
  const rows = await session.query<{ key: number; text: string | null; mean: Buffer | null }>(
    `SELECT key, vector_send(document_vectors.vector::vector) AS mean,
       (SELECT string_agg(text || gap, '' ORDER BY id) FROM passages WHERE document = key) AS text
     FROM documents LEFT JOIN document_vectors ON document_vectors.document = key WHERE key = ANY($1::bigint[])`,
    [keys],
  );
  const found = new Map(rows.map((row) => [row.key, row]));
  return keys.map((key) => {
    const row = found.get(key);
    return { key, text: row?.text ?? '', mean: row?.mean ? fromSent(row.mean) : null };
  });
}

/** A group's number is the least key that it ever had, whatever the order in which its documents came. */
async function join(keys: number[], session: Session): Promise<void> {
  const rows = await session.query<{ version_group: number }>(
    'SELECT DISTINCT version_group FROM documents WHERE key = ANY($1::bigint[]) AND version_group IS NOT NULL',
    [keys],
  );
  const groups = rows.map(({ version_group: group }) => group);
  await session.run(
    'UPDATE documents SET version_group = $1 WHERE key = ANY($2::bigint[]) OR version_group = ANY($3::bigint[])',
    [
      [...keys, ...groups].reduce((least, key) => Math.min(least, key), Number.POSITIVE_INFINITY),
      keys,
      groups,
    ],
  );
}
