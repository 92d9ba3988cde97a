/** Rows that should not be as they are, by SQL alone. */
export interface RowCheck {
  check: string;
  /** What is wrong, said of several. */
  detail: string;
  /** Selects what tells one from another. */
  find: string;
  /** What `repair` does, in words. */
  does: string;
  /** Statements that mend them; those of the checks before were run. */
  repair: string[];
}

const REMOVE = 'removes them';

/** Rows of a table that belong to what is not there. */
function orphans(table: string, column: string, [parent, key]: [string, string], detail: string): RowCheck {
  const condition = `${column} NOT IN (SELECT ${key} FROM ${parent})`;
  return {
    check: `${table.replaceAll('_', '-')}-without-${parent}`,
    detail,
    find: `SELECT ${column} FROM ${table} WHERE ${condition}`,
    does: REMOVE,
    repair: [`DELETE FROM ${table} WHERE ${condition}`],
  };
}

const LOST_PASSAGES = 'SELECT id FROM passages WHERE document NOT IN (SELECT key FROM documents)';
const LOST_VECTORS = 'SELECT passage FROM vectors WHERE passage NOT IN (SELECT id FROM passages)';
const WRONG_JOBS = `NOT json_valid(input) OR NOT json_valid(counts) OR position < 0
  OR status NOT IN ('queued', 'running', 'succeeded', 'partial', 'failed', 'cancelled')`;
const WRONG_FIELDS = `iif(json_valid(tags), json_type(tags), '') <> 'array'
  OR iif(json_valid(metadata), json_type(metadata), '') <> 'object' OR (marks IS NOT NULL AND NOT json_valid(marks))`;

/** In the order in which they are mended. */
export const ROW_CHECKS: RowCheck[] = [
  {
    check: 'passages-without-documents',
    detail: 'passages belong to no document',
    find: LOST_PASSAGES,
    does: REMOVE,
    repair: [
      `INSERT INTO removed_passages (passage) ${LOST_PASSAGES}`,
      `DELETE FROM passages WHERE id IN (${LOST_PASSAGES})`,
    ],
  },
  {
    check: 'vectors-without-passages',
    detail: 'vectors belong to no passage',
    find: LOST_VECTORS,
    does: REMOVE,
    repair: [
      `INSERT INTO removed_passages (passage) ${LOST_VECTORS}`,
      `DELETE FROM vectors WHERE passage IN (${LOST_VECTORS})`,
    ],
  },
  orphans('document_vectors', 'document', ['documents', 'key'], 'mean vectors belong to no document'),
  orphans('term_counts', 'document', ['documents', 'key'], 'counts of terms belong to no document'),
  orphans('document_terms', 'rowid', ['documents', 'key'], 'texts to be searched belong to no document'),
  orphans('signatures', 'document', ['documents', 'key'], 'signatures belong to no document'),
  orphans('words', 'term', ['terms', 'id'], 'words go by terms that are not there'),
  orphans('job_errors', 'job', ['jobs', 'id'], 'failures belong to no job'),
  orphans('file_failures', 'path', ['files', 'path'], 'failures belong to no file'),
  {
    check: 'lone-versions',
    detail: 'documents are versions of a story that has no other',
    find: 'SELECT id FROM documents WHERE version_group IS NOT NULL GROUP BY version_group HAVING count(*) = 1',
    does: 'lets each stand alone',
    repair: [
      `UPDATE documents SET version_group = NULL WHERE version_group IN
         (SELECT version_group FROM documents GROUP BY version_group HAVING count(*) = 1)`,
    ],
  },
  {
    check: 'signatures',
    detail: 'signatures, by which versions are found, are not as long as they should be',
    find: 'SELECT document FROM signatures WHERE length(signature) <> 256',
    does: REMOVE,
    repair: ['DELETE FROM signatures WHERE length(signature) <> 256'],
  },
  {
    check: 'document-fields',
    detail: 'documents have tags, metadata or places that are no JSON',
    find: `SELECT id FROM documents WHERE ${WRONG_FIELDS}`,
    does: 'empties those fields, and lets the next ingest read the documents again',
    repair: [
      `DELETE FROM files WHERE path IN (SELECT file FROM documents WHERE ${WRONG_FIELDS})`,
      `UPDATE documents SET tags = '[]', metadata = '{}', marks = NULL, hash = '' WHERE ${WRONG_FIELDS}`,
    ],
  },
  {
    check: 'jobs',
    detail: 'jobs are in no state that there is',
    find: `SELECT id FROM jobs WHERE ${WRONG_JOBS}`,
    does: REMOVE,
    repair: [`DELETE FROM jobs WHERE ${WRONG_JOBS}`],
  },
];
