import { AkinError } from '../errors.js';
import type { DocumentSink, SinkOptions, StoredDocuments, WrittenDocument } from '../ingest/document-sink.js';
import type { StorableDocument } from '../storage/document-store.js';
import { type Cleared, clearDocuments, forgetUnusedTerms, removeDocuments } from './clear-documents.js';
import type { PostgresDatabase } from './database.js';
import { joinVersions } from './join-versions.js';
import { noteProgress } from './note-progress.js';
import type { Session } from './session.js';
import { type ChangedDocument, writeDocuments } from './write-documents.js';
import { writeSites } from './write-sites.js';
import { writeTerms } from './write-terms.js';

export interface PostgresSinkOptions {
  /**
   * Called where vectors are of another model than the index's: resolves when those that are made next are of the same.
   * Default: throws MODEL_MISMATCH
   */
  followModel?: () => Promise<void>;
}

/** Stores documents on a PostgreSQL server, a whole window in one transaction: what it costs is mostly round trips. */
export class PostgresSink implements DocumentSink {
  readonly documentsAtOnce = 256;
  readonly #database: PostgresDatabase;
  readonly #followModel: () => Promise<void>;

  constructor(database: PostgresDatabase, { followModel = refuseModel }: PostgresSinkOptions = {}) {
    this.#database = database;
    this.#followModel = followModel;
  }

  async put(
    documents: StorableDocument[],
    { durable, model, progress }: SinkOptions,
  ): Promise<StoredDocuments> {
    const fingerprint = JSON.stringify(model);
    const stored = await this.#database.write(
      async (session) => {
        // Vectors of different models never mix, whichever process made them.
        if (documents.length > 0 && (await modelOf(session)) !== fingerprint) return null;
        const present = await presentOf(documents, session);
        const taken = eachOnce(documents).filter(untilMissing(present));
        const changed = taken.filter(isChanged(present));
        const terms = await putChanged(changed, present, session);
        const written = taken.map((document): WrittenDocument => {
          const before = present.get(document.id);
          const status = !before ? 'created' : before.hash === document.hash ? 'unchanged' : 'updated';
          return { id: document.id, status, passages: document.passages.length };
        });
        const noted = progress ? await noteProgress(progress, written, session) : null;
        await forgetUnusedTerms({ terms: [...terms, ...(noted?.terms ?? [])] }, session);
        return { written, step: noted?.step, counts: noted?.counts };
      },
      { durable },
    );
    if (stored === null) await this.#followModel();
    const { written, step, counts } = stored ?? { written: [] };
    if (progress && step && counts) progress.goOn(step, counts);
    return { written, found: Promise.resolve() };
  }

  async remove(ids: string[]): Promise<string[]> {
    if (ids.length === 0) return [];
    return this.#database.write(async (session) => {
      const rows = await session.query<{ key: number; id: string }>(
        `SELECT key, id FROM documents JOIN unnest($1::text[]) WITH ORDINALITY AS given (id, place) USING (id)
         ORDER BY place`,
        [[...new Set(ids)]],
      );
      await forgetUnusedTerms(
        await removeDocuments(
          rows.map(({ key }) => key),
          session,
        ),
        session,
      );
      return rows.map(({ id }) => id);
    });
  }
}

type Present = Map<string, { key: number; hash: string }>;

async function presentOf(documents: StorableDocument[], session: Session): Promise<Present> {
  const rows = await session.query<{ id: string; key: number; hash: string }>(
    'SELECT id, key, hash FROM documents WHERE id = ANY($1::text[])',
    [documents.map(({ id }) => id)],
  );
  return new Map(rows.map(({ id, key, hash }) => [id, { key, hash }]));
}

/** Up to the first that comes a second time: what is stored by then is another. */
function eachOnce(documents: StorableDocument[]): StorableDocument[] {
  const seen = new Set<string>();
  const again = documents.findIndex(({ id }) => seen.size === seen.add(id).size);
  return again === -1 ? documents : documents.slice(0, again);
}

/** Lets documents through up to one that has no vectors and is not stored as it is. */
function untilMissing(present: Present): (document: StorableDocument) => boolean {
  let isMissing = false;
  return ({ id, hash, vectors }) => {
    isMissing ||= vectors === null && present.get(id)?.hash !== hash;
    return !isMissing;
  };
}

function isChanged(present: Present): (document: StorableDocument) => document is ChangedDocument {
  return (document): document is ChangedDocument =>
    document.vectors !== null && present.get(document.id)?.hash !== document.hash;
}

/** @returns the terms that documents had which were replaced */
async function putChanged(
  changed: ChangedDocument[],
  present: Present,
  session: Session,
): Promise<Cleared['terms']> {
  if (changed.length === 0) return [];
  for (const { id, passages, vectors } of changed) {
    if (vectors.length < passages.length)
      throw new AkinError('EMBEDDING_FAILED', `Passage ${vectors.length} of document ${id} has no vector.`);
  }
  const keys = new Map(changed.flatMap(({ id }) => [[id, present.get(id)?.key ?? 0] as const]));
  const { terms } = await clearDocuments(
    [...keys.values()].filter((key) => key > 0),
    session,
  );
  const keyed = await writeDocuments(changed, keys, session);
  const words = await writeTerms(keyed, session);
  await writeSites(keyed, session);
  await joinVersions(keyed, session);
  await session.run(
    'UPDATE totals SET documents = documents + $1, passages = passages + $2, words = words + $3',
    [keyed.length, keyed.reduce((sum, { document }) => sum + document.passages.length, 0), words],
  );
  return terms;
}

async function modelOf(session: Session): Promise<string | undefined> {
  const [row] = await session.query<{ value: string }>("SELECT value FROM settings WHERE name = 'model'");
  return row?.value;
}

async function refuseModel(): Promise<never> {
  throw new AkinError('MODEL_MISMATCH', 'These vectors are of another model than those of the index.');
}
