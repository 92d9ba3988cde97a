/**
 * The steps from an empty schema to the newest; the table `schema_version` counts those that were taken. A step that
 * has been released is never changed. The vectors' tables depend on the model, and are made with it (`model-tables.ts`).
 */
export const MIGRATIONS: string[] = [
  `
  CREATE TABLE settings (name text COLLATE "C" PRIMARY KEY, value text NOT NULL);
  -- Another number means that something was written.
  CREATE TABLE revision (one boolean PRIMARY KEY DEFAULT true CHECK (one), number bigint NOT NULL);
  INSERT INTO revision (number) VALUES (0);
  -- Words are the sum of documents.length.
  CREATE TABLE totals (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    documents bigint NOT NULL, passages bigint NOT NULL, words bigint NOT NULL
  );
  INSERT INTO totals (documents, passages, words) VALUES (0, 0, 0);

  CREATE TABLE documents (
    key bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text COLLATE "C" NOT NULL UNIQUE,
    file text COLLATE "C",
    hash text NOT NULL,
    title text COLLATE "C", url text COLLATE "C", source text COLLATE "C", author text COLLATE "C", language text COLLATE "C",
    published_at text COLLATE "C",
    published_ms double precision,
    tags jsonb NOT NULL,
    -- Not jsonb, which would lose the order of its keys.
    metadata json NOT NULL,
    -- Documents with the same number are versions of one story.
    version_group bigint,
    -- Web pages: the site or folder that a page counts for, and where its headings and pages begin.
    site text COLLATE "C",
    marks json,
    -- In words, for BM25.
    length integer NOT NULL DEFAULT 0,
    -- By which versions are found: 64 little-endian 32-bit numbers, and each pair of them as one number.
    signature bytea NOT NULL,
    bands integer[] NOT NULL
  );
  CREATE INDEX documents_file ON documents (file) WHERE file IS NOT NULL;
  CREATE INDEX documents_version_group ON documents (version_group) WHERE version_group IS NOT NULL;
  CREATE INDEX documents_site ON documents (site, key) WHERE site IS NOT NULL;
  -- Addresses and titles may be longer than a B-tree's entries.
  CREATE INDEX documents_url ON documents USING hash (url) WHERE url IS NOT NULL;
  CREATE INDEX documents_title ON documents USING hash (title) WHERE title IS NOT NULL;
  CREATE INDEX documents_source ON documents USING hash (source) WHERE source IS NOT NULL;
  CREATE INDEX documents_language ON documents (language);
  CREATE INDEX documents_published ON documents (published_ms DESC NULLS LAST, id);
  CREATE INDEX documents_tags ON documents USING gin (tags);
  CREATE INDEX documents_bands ON documents USING gin (bands);

  -- A document's text is that of its passages with the white space that follows each (gap), in order of id.
  CREATE TABLE passages (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    document bigint NOT NULL REFERENCES documents ON DELETE CASCADE,
    start integer NOT NULL,
    text text NOT NULL,
    gap text NOT NULL,
    page integer,
    heading text
  );
  CREATE INDEX passages_document ON passages (document, id);

  -- A term in one way of stemming, and the number that it goes by, which is never another's.
  CREATE TABLE terms (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    term text COLLATE "C" NOT NULL,
    stemming text COLLATE "C" NOT NULL,
    UNIQUE (term, stemming)
  );
  -- The words as they are written, folded, with the terms that they go by, and how often the number of documents that
  -- had them has doubled, about.
  CREATE TABLE words (
    word text COLLATE "C" NOT NULL,
    term bigint NOT NULL REFERENCES terms ON DELETE CASCADE,
    doublings integer NOT NULL,
    PRIMARY KEY (word, term)
  );
  CREATE INDEX words_term ON words (term);
  -- How often a document has a term. With the document's length in it, the index alone answers searches.
  CREATE TABLE postings (
    term bigint NOT NULL,
    document bigint NOT NULL,
    count integer NOT NULL,
    length integer NOT NULL,
    PRIMARY KEY (term, document) INCLUDE (count, length)
  );
  CREATE INDEX postings_document ON postings (document);
  -- The terms of documents in their order, for phrases, cut into parts.
  CREATE TABLE document_terms (
    document bigint NOT NULL REFERENCES documents ON DELETE CASCADE,
    part integer NOT NULL,
    stemming text COLLATE "C" NOT NULL,
    terms tsvector NOT NULL,
    PRIMARY KEY (document, part)
  );
  CREATE INDEX document_terms_terms ON document_terms USING gin (terms);

  CREATE TABLE site_paragraphs (
    site text COLLATE "C" NOT NULL,
    paragraph bigint NOT NULL,
    pages integer NOT NULL,
    -- 0: text; 1: furniture that documents may still have; 2: furniture that none has.
    furniture integer NOT NULL DEFAULT 0,
    PRIMARY KEY (site, paragraph)
  );
  CREATE INDEX site_paragraphs_frequent ON site_paragraphs (site) WHERE furniture = 0 AND pages >= 5;
  CREATE INDEX site_paragraphs_new ON site_paragraphs (site) WHERE furniture = 1;

  CREATE TABLE files (
    path text COLLATE "C" PRIMARY KEY,
    hash text NOT NULL,
    reading text,
    root text COLLATE "C",
    location text COLLATE "C",
    size bigint,
    touched_ms double precision,
    read_ms double precision
  );
  CREATE INDEX files_root ON files (root) WHERE root IS NOT NULL;
  CREATE TABLE file_failures (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    path text COLLATE "C" NOT NULL REFERENCES files ON DELETE CASCADE ON UPDATE CASCADE,
    item text NOT NULL, code text NOT NULL, detail text NOT NULL
  );
  CREATE INDEX file_failures_path ON file_failures (path);

  CREATE TABLE jobs (
    id text COLLATE "C" PRIMARY KEY,
    type text NOT NULL,
    status text NOT NULL,
    input json,
    counts json NOT NULL,
    created_at text COLLATE "C" NOT NULL,
    finished_at text,
    -- When it was taken up first, in seconds since 1970.
    started double precision,
    -- The only machine that can do it; null for any.
    host text,
    -- Whether all of its input is there.
    ready boolean NOT NULL,
    -- The process that works on all of it, and until when others leave it to that.
    claim text,
    claimed_until double precision
  );
  CREATE INDEX jobs_open ON jobs (created_at, id) WHERE status IN ('queued', 'running');
  CREATE INDEX jobs_created ON jobs (created_at, id);
  CREATE TABLE job_errors (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    job text COLLATE "C" NOT NULL REFERENCES jobs ON DELETE CASCADE,
    item text NOT NULL, code text NOT NULL, detail text NOT NULL
  );
  CREATE INDEX job_errors_job ON job_errors (job, number);
  -- The input of imports and uploads, as long as it is to be read: lines or files by their numbers, first to last.
  CREATE TABLE job_parts (
    job text COLLATE "C" NOT NULL REFERENCES jobs ON DELETE CASCADE,
    part integer NOT NULL,
    first integer NOT NULL,
    last integer NOT NULL,
    position integer NOT NULL,
    -- Null in place of a line that is too long.
    content bytea,
    -- Of a file.
    name text,
    claim text,
    claimed_until double precision,
    PRIMARY KEY (job, part)
  );

  CREATE TABLE access_keys (id text COLLATE "C" PRIMARY KEY, value text NOT NULL);
  `,
];
