/**
 * The steps from an empty database to the newest schema; SQLite's `user_version` counts those that were taken.
 * A step that has been released is never changed.
 */
export const MIGRATIONS: string[] = [
  `
  CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

  CREATE TABLE documents (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    file TEXT,
    hash TEXT NOT NULL,
    title TEXT, url TEXT, source TEXT, author TEXT, language TEXT,
    published_at TEXT,
    published_ms INTEGER,
    tags TEXT NOT NULL,
    metadata TEXT NOT NULL
  );
  CREATE INDEX documents_file ON documents (file) WHERE file IS NOT NULL;

  -- A document's text is that of its passages with the white space that follows each (gap), in order of id.
  CREATE TABLE passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    start INTEGER NOT NULL,
    text TEXT NOT NULL,
    gap TEXT NOT NULL,
    page INTEGER,
    heading TEXT
  );
  CREATE INDEX passages_document ON passages (document);

  -- Little-endian 32-bit floats.
  CREATE TABLE vectors (
    passage INTEGER PRIMARY KEY REFERENCES passages (id) ON DELETE CASCADE,
    vector BLOB NOT NULL
  );

  -- Passages that are gone but still marked in the vector index.
  CREATE TABLE removed_passages (number INTEGER PRIMARY KEY AUTOINCREMENT, passage INTEGER NOT NULL);

  -- rowid is documents.key.
  CREATE VIRTUAL TABLE document_terms USING fts5 (
    title, text, content = '', contentless_delete = 1, tokenize = 'porter unicode61 remove_diacritics 2'
  );
  CREATE VIRTUAL TABLE document_vocabulary USING fts5vocab (document_terms, row);

  CREATE TABLE files (path TEXT PRIMARY KEY, hash TEXT NOT NULL) WITHOUT ROWID;

  CREATE TABLE jobs (
    id TEXT PRIMARY KEY,
    type TEXT NOT NULL,
    status TEXT NOT NULL,
    input TEXT NOT NULL,
    position INTEGER NOT NULL DEFAULT 0,
    counts TEXT NOT NULL,
    created_at TEXT NOT NULL,
    finished_at TEXT
  ) WITHOUT ROWID;
  CREATE TABLE job_errors (
    job TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    item TEXT NOT NULL, code TEXT NOT NULL, detail TEXT NOT NULL
  );
  CREATE INDEX job_errors_job ON job_errors (job);
  `,
  `
  -- Where a file of a folder lies, and what of it tells without reading that it has not changed. Null for uploads.
  ALTER TABLE files ADD COLUMN root TEXT;
  ALTER TABLE files ADD COLUMN location TEXT;
  ALTER TABLE files ADD COLUMN size INTEGER;
  ALTER TABLE files ADD COLUMN touched_ms REAL;
  ALTER TABLE files ADD COLUMN read_ms REAL;
  -- Which reader read it, with which settings.
  ALTER TABLE files ADD COLUMN reading TEXT;
  CREATE INDEX files_root ON files (root) WHERE root IS NOT NULL;

  -- What of a file could not be taken when it was last read.
  CREATE TABLE file_failures (
    path TEXT NOT NULL REFERENCES files (path) ON DELETE CASCADE ON UPDATE CASCADE,
    item TEXT NOT NULL, code TEXT NOT NULL, detail TEXT NOT NULL
  );
  CREATE INDEX file_failures_path ON file_failures (path);

  -- Documents with the same number are versions of one story.
  ALTER TABLE documents ADD COLUMN version_group INTEGER;
  CREATE INDEX documents_version_group ON documents (version_group) WHERE version_group IS NOT NULL;
  -- By which versions are found: 64 little-endian 32-bit numbers, and each pair of them as one number.
  CREATE TABLE signatures (document INTEGER PRIMARY KEY, signature BLOB NOT NULL);
  CREATE TABLE signature_bands (
    band INTEGER NOT NULL, document INTEGER NOT NULL, PRIMARY KEY (band, document)
  ) WITHOUT ROWID;

  -- Web pages: the site or folder that a page counts for, where its headings and pages begin (JSON), and on how many
  -- of a site's pages a paragraph stands.
  ALTER TABLE documents ADD COLUMN site TEXT;
  ALTER TABLE documents ADD COLUMN marks TEXT;
  CREATE INDEX documents_site ON documents (site) WHERE site IS NOT NULL;
  CREATE INDEX documents_url ON documents (url) WHERE url IS NOT NULL;
  CREATE INDEX documents_title ON documents (title) WHERE title IS NOT NULL;
  CREATE TABLE site_paragraphs (
    site TEXT NOT NULL, paragraph INTEGER NOT NULL, pages INTEGER NOT NULL,
    -- 0: text; 1: furniture that documents may still have; 2: furniture that none has.
    furniture INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (site, paragraph)
  ) WITHOUT ROWID;
  CREATE INDEX site_paragraphs_frequent ON site_paragraphs (site) WHERE furniture = 0 AND pages >= 5;
  CREATE INDEX site_paragraphs_new ON site_paragraphs (site) WHERE furniture = 1;
  `,
  `
  -- Terms are made by Akin: the stem of each word in the language of its document, joined by spaces. For the
  -- tokenizer, all beyond ASCII is part of a token. Stemming is one token: how the document's words were stemmed. rowid is
  -- documents.key.
  DROP TABLE document_vocabulary;
  DROP TABLE document_terms;
  CREATE VIRTUAL TABLE document_terms USING fts5 (
    title, text, stemming, content = '', contentless_delete = 1, tokenize = 'ascii'
  );
  -- The words as they are written, folded, with the terms that they go by, and in how many documents.
  CREATE TABLE words (
    word TEXT NOT NULL, term TEXT NOT NULL, stemming TEXT NOT NULL, documents INTEGER NOT NULL,
    PRIMARY KEY (word, term, stemming)
  ) WITHOUT ROWID;
  CREATE INDEX documents_language ON documents (language);
  -- The mean of the vectors of a document's passages, of length 1. Little-endian 32-bit floats.
  CREATE TABLE document_vectors (
    document INTEGER PRIMARY KEY REFERENCES documents (key) ON DELETE CASCADE,
    vector BLOB NOT NULL
  );
  -- The terms and the mean of documents behind this key are still to be made; gone when all are.
  INSERT INTO settings (name, value) SELECT 'made_to', '0' WHERE EXISTS (SELECT 1 FROM documents);
  `,
  `
  -- Signatures are looked up in memory: each write of one would touch 32 pages of a large table.
  DROP TABLE signature_bands;
  -- A term in one way of stemming, and the number that it goes by, which is never another's.
  CREATE TABLE terms (
    id INTEGER PRIMARY KEY AUTOINCREMENT, term TEXT NOT NULL, stemming TEXT NOT NULL, UNIQUE (term, stemming)
  );
  -- The words as they are written, folded, with the terms that they go by, and how often the number of documents that
  -- had them has doubled, about.
  DROP TABLE words;
  CREATE TABLE words (
    word TEXT NOT NULL, term INTEGER NOT NULL REFERENCES terms (id) ON DELETE CASCADE, doublings INTEGER NOT NULL,
    PRIMARY KEY (word, term)
  ) WITHOUT ROWID;
  CREATE INDEX words_term ON words (term);
  -- A document's length in words, and how often it has which terms, as term-counts.ts packs it.
  CREATE TABLE term_counts (
    document INTEGER PRIMARY KEY REFERENCES documents (key) ON DELETE CASCADE,
    length INTEGER NOT NULL, counts BLOB NOT NULL
  );
  -- What was made of words before is made anew, with the numbers of their terms.
  INSERT INTO document_terms (document_terms) VALUES ('delete-all');
  INSERT OR REPLACE INTO settings (name, value) SELECT 'made_to', '0' WHERE EXISTS (SELECT 1 FROM documents);
  `,
];
