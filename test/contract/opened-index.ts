import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DocumentSink } from '../../src/ingest/document-sink.js';
import { EmbeddedSink } from '../../src/ingest/embedded-sink.js';
import { KeywordIndex } from '../../src/keyword-index/keyword-index.js';
import { PostgresDatabase } from '../../src/postgres/database.js';
import { finishFile } from '../../src/postgres/finish-files.js';
import { PostgresKeywordLeg } from '../../src/postgres/keyword-leg.js';
import { PostgresIndex } from '../../src/postgres/postgres-index.js';
import { PostgresSink } from '../../src/postgres/postgres-sink.js';
import { PgvectorLeg } from '../../src/postgres/semantic-leg.js';
import type { KeywordLeg, SemanticLeg } from '../../src/search/legs.js';
import { GraphLeg } from '../../src/search/semantic-leg.js';
import type { FileRecord } from '../../src/storage/file-store.js';
import { Storage } from '../../src/storage/storage.js';
import type { StoredIndex } from '../../src/storage/stored-index.js';
import type { Failure } from '../../src/types.js';
import { VectorIndex } from '../../src/vector-index/vector-index.js';
import { testDatabase } from '../postgres/server.js';
import { DIMENSIONS, MODEL } from './made-documents.js';

/** An index, empty but for the model that is noted in it, with all that searches and imports use. */
export interface OpenedIndex {
  storage: StoredIndex;
  sink: DocumentSink;
  semantic: SemanticLeg;
  keywords: KeywordLeg;
  recordFile(record: FileRecord, failures: Failure[]): Promise<void>;
  close(): Promise<void>;
}

export interface OpenedDatabase extends OpenedIndex {
  database: PostgresDatabase;
  storage: PostgresIndex;
}

/** One in a temporary folder. */
export async function openFolder(): Promise<OpenedIndex> {
  const folder = mkdtempSync(join(tmpdir(), 'akin-contract-'));
  const storage = Storage.open(folder);
  storage.recordFingerprint(JSON.stringify(MODEL));
  const index = await VectorIndex.open(folder, storage.vectors, DIMENSIONS);
  const keywords = await KeywordIndex.open(storage.termCounts);
  return {
    storage,
    keywords,
    semantic: new GraphLeg(storage, index),
    sink: new EmbeddedSink({ storage, index, keywords }),
    recordFile: async (record, failures) => storage.files.record(record, failures),
    close: async () => {
      await Promise.all([index.close(), keywords.close()]);
      storage.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** One on a PostgreSQL server: that which `AKIN_TEST_DATABASE` names, or one from npm. */
export async function openDatabase(): Promise<OpenedDatabase> {
  const { url, close } = await testDatabase();
  const database = await PostgresDatabase.connect({ url });
  const storage = await PostgresIndex.open(database, { databaseVectors: 'float' });
  await storage.recordFingerprint(JSON.stringify(MODEL), DIMENSIONS);
  return {
    database,
    storage,
    keywords: new PostgresKeywordLeg(database),
    semantic: new PgvectorLeg(database, storage, { check: () => undefined }),
    sink: new PostgresSink(database),
    recordFile: async (record, failures) => {
      await database.write((session) => finishFile({ kind: 'kept', record, failures }, session));
    },
    close: async () => {
      storage.close();
      await database.close();
      await close();
    },
  };
}
