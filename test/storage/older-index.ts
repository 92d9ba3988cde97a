import { SIGNATURE_LENGTH } from '../../src/documents/shingles.js';
import type { NewDocument } from '../../src/storage/document-store.js';
import { NO_COUNTS } from '../../src/storage/job-store.js';
import type { Storage } from '../../src/storage/storage.js';

export const DIMENSIONS = 16;

/** The stores that have been there from some schema on. */
type StorageOfSomeVersion = Pick<Storage, 'documents' | 'jobs'> &
  Partial<Pick<Storage, 'versions' | 'files'>>;

const TEXTS: [language: string, title: string, ...paragraphs: string[]][] = [
  [
    'en',
    'Tidal plant',
    'The committee approved the tidal barrage.',
    'Fishermen protested against its turbines.',
  ],
  ['en', 'Tidal plant, again', 'The committee approved the tidal barrage on Monday.', 'Fishermen protested.'],
  [
    'de',
    'Häuser am Hafen',
    'Der Stadtrat beschloss die Schließung zweier Häuser.',
    'Viele Bürger waren dagegen.',
  ],
  ['fr', 'Les écoles', 'Les conseillères ont approuvé les nouvelles écoles près des forêts.'],
  ['es', 'Las elecciones', 'La administración anunció las próximas elecciones en Málaga.'],
  ['ru', 'Старый мост', 'Жители города обсуждали закрытие старого моста.'],
  ['zh', '旧桥', '北京大学的学生在图书馆看书，城市关闭了旧桥。'],
  [
    'en',
    'The old bridge',
    'The city closes the old bridge to cars.',
    'Trams go on.',
    'A ferry was promised.',
  ],
];

/** The queries by which an index is compared with another, and the beginnings of words. */
export const QUERIES = [
  'approved turbines',
  'Haus',
  'écoles forêt',
  'elecciones',
  'мосты',
  '图书馆',
  'bridges',
  'ferry',
];
export const PHRASES = ['tidal barrage', 'old bridge', 'zweier Häuser'];
export const BEGINNINGS = ['fish', 'tram', 'schli'];

/** A unit vector for a passage, the same each time. */
export function vectorOf(number: number): Float32Array {
  const vector = Float32Array.from({ length: DIMENSIONS }, (_, place) =>
    Math.sin((number + 1) * (place + 1.3)),
  );
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

function documentOf(number: number, id: string, add = ''): NewDocument {
  const [language = '', title = '', ...paragraphs] = TEXTS[number] ?? [];
  let start = 0;
  const passages = paragraphs.map((paragraph, place) => {
    const end = start + paragraph.length + (place === 0 ? add.length : 0);
    const passage = { start, end, page: place + 1, heading: null, vector: vectorOf(number * 10 + place) };
    start = end + 2;
    return passage;
  });
  const [first = '', ...others] = paragraphs;
  return {
    id,
    file: `${id}.txt`,
    hash: `hash of ${id}${add}`,
    text: [first + add, ...others].join('\n\n'),
    fields: {
      title,
      language,
      url: `https://example.org/${id}`,
      source: 'The Star',
      author: null,
      publishedAt: `2025-03-0${number + 1}`,
      tags: ['news'],
      metadata: { desk: language },
    },
    passages,
  };
}

/**
 * Writes what an index of any version is tried with: documents of several languages, two that are versions, one that has
 * changed and one that is gone, files and jobs.
 */
export function writeTo({ documents, jobs, versions, files }: StorageOfSomeVersion): void {
  for (const number of TEXTS.keys()) {
    const id = `doc-${number}`;
    documents.put(documentOf(number, id));
    const key = documents.get(id)?.key ?? 0;
    versions?.add(
      key,
      new Uint32Array(SIGNATURE_LENGTH).fill(Math.max(1, number)),
      number === 1 ? [key - 1] : [],
    );
    files?.record({ path: `${id}.txt`, hash: id, reading: null, place: null, readMs: null }, []);
  }
  documents.put(documentOf(0, 'gone'));
  documents.put(documentOf(7, 'changed'));
  documents.put(documentOf(7, 'changed', ' Nobody told the ferryman.'));
  documents.remove('gone');
  jobs.add('job-1', 'import', { path: 'gone' }, { ...NO_COUNTS, total: 8, done: 8, created: 8 });
  jobs.setStatus('job-1', 'succeeded');
}
