import type { DocumentSummary, FullDocument, Stats } from '../akin.js';
import { fitted, linked, styled, textWidth, widthOf, wrap } from './terminal.js';
import { factsText, harmless, harmlessLines, webAddress } from './text.js';

const DATE_WIDTH = 10;

/** A document to read: what is known of it, and its text; on a terminal in lines that fit. */
export function documentText(document: FullDocument): string {
  const { id, title, author, url, tags, text, versions } = document;
  const facts = [
    factsText(document, id),
    author === null ? '' : `by ${author}`,
    url ?? '',
    tags.length === 0 ? '' : `tags: ${tags.join(', ')}`,
    ...versions.map((version) => `also: ${version.title ?? version.id} (${version.id})`),
  ];
  const shown = harmlessLines(text);
  const lines = process.stdout.isTTY
    ? shown.split('\n').flatMap((line) => (line === '' ? [''] : wrap(line, 0)))
    : [shown];
  return [
    ...(title === null ? [] : [linked(styled(harmless(title), 'bold'), webAddress(url))]),
    ...facts.filter(Boolean).map((fact) => styled(harmless(fact), 'dim')),
    '',
    ...lines,
  ].join('\n');
}

/** A line for each document: on a terminal in columns, else id and title with a tab between them. */
export function documentLines(documents: DocumentSummary[]): string {
  const shown = documents.map(({ id, title, publishedAt, source }) => ({
    id: harmless(id),
    title: harmless(title ?? ''),
    date: publishedAt?.slice(0, DATE_WIDTH) ?? '',
    source: harmless(source ?? ''),
  }));
  if (!process.stdout.isTTY) return shown.map(({ id, title }) => `${id}\t${title}`).join('\n');
  const widest = Math.max(...shown.map(({ id }) => widthOf(id)), 0);
  const idWidth = Math.min(widest, Math.floor(textWidth() / 2));
  const rest = Math.max(20, (process.stdout.columns || textWidth()) - idWidth - DATE_WIDTH - 4);
  return shown
    .map(({ id, title, date, source }) => {
      // An id is never cut: it is what other commands take.
      const name = widthOf(id) > idWidth ? `${id}\n${' '.repeat(idWidth)}` : fitted(id, idWidth);
      const words = fitted(source === '' ? title : `${title} · ${source}`, rest).trimEnd();
      return `${name}  ${styled(fitted(date, DATE_WIDTH), 'dim')}  ${words}`;
    })
    .join('\n');
}

/** What an index holds. */
export function statsText({ documents, passages, vectors, bytes, model }: Stats): string {
  const rows = [
    ['documents', String(documents)],
    ['passages', String(passages)],
    ['vectors', String(vectors)],
    ['database', `${(bytes / 1e6).toFixed(1)} MB`],
    ['model', `${model.name} (${model.dtype}, ${model.dimensions} dimensions, ${model.window} tokens)`],
  ] as const;
  return rows.map(([name, value]) => `${styled(name.padEnd(9), 'dim')}  ${value}`).join('\n');
}
