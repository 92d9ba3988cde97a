// Makes the PDF files of the sample corpus: each scripts/corpus-pdfs/*.md (front matter of `key: value` lines,
// then paragraphs parted by blank lines) becomes the A4 document that its `output` names, within corpus/.
//
//   npm run corpus:pdfs        (tsx scripts/make-corpus-pdfs.ts)
//
// The files are the same to the byte on every run: the text is set in the standard PDF fonts, left-aligned
// and without hyphenation; dates are the article's own, and PDFKit derives the document's id from them.
import { createWriteStream, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { finished } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import PDFDocument from 'pdfkit';

interface Article {
  title: string;
  author: string;
  source: string;
  subject: string;
  date: string;
  output: string;
  paragraphs: string[];
}

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const sources = join(root, 'scripts', 'corpus-pdfs');
const margin = 72;

function readArticle(path: string): Article {
  const [, head, body] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(readFileSync(path, 'utf8')) ?? [];
  if (head === undefined || body === undefined) throw new Error(`${path}: no front matter`);
  const fields = new Map<string, string>();
  for (const line of head.split('\n')) {
    const colon = line.indexOf(': ');
    fields.set(line.slice(0, colon), line.slice(colon + 2).trim());
  }
  const field = (name: string): string => {
    const value = fields.get(name);
    if (value === undefined) throw new Error(`${path}: no ${name}`);
    return value;
  };
  return {
    title: field('title'),
    author: field('author'),
    source: field('source'),
    subject: field('subject'),
    date: field('date'),
    output: field('output'),
    paragraphs: body
      .split(/\n{2,}/)
      .map((paragraph) => paragraph.trim())
      .filter((paragraph) => paragraph !== ''),
  };
}

async function write(article: Article): Promise<number> {
  const date = new Date(`${article.date}T06:00:00Z`);
  const document = new PDFDocument({
    size: 'A4',
    margin,
    bufferPages: true,
    lang: 'en',
    displayTitle: true,
    info: {
      Title: article.title,
      Author: article.author,
      Subject: article.subject,
      CreationDate: date,
      ModDate: date,
    },
  });
  const path = join(root, 'corpus', article.output);
  mkdirSync(dirname(path), { recursive: true });
  const file = document.pipe(createWriteStream(path));

  const day = date.toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
  document.font('Times-Bold').fontSize(24).text(article.title);
  document.moveDown(0.4);
  document.font('Helvetica').fontSize(10).text(`By ${article.author}`);
  document.text(`${article.source}, ${day}`);
  document.moveDown(1.4);
  document.font('Times-Roman').fontSize(12);
  for (const paragraph of article.paragraphs) {
    document.text(paragraph, { align: 'left', lineGap: 3.5 });
    document.moveDown(0.7);
  }

  const pages = document.bufferedPageRange();
  for (let page = pages.start; page < pages.start + pages.count; page++) {
    document.switchToPage(page);
    // PDFKit would begin a new page for text below the bottom margin.
    document.page.margins.bottom = 0;
    document
      .font('Helvetica')
      .fontSize(9)
      .text(`${page + 1} / ${pages.count}`, margin, document.page.height - margin / 2, {
        align: 'center',
        lineBreak: false,
        width: document.page.width - 2 * margin,
      });
  }
  document.end();
  await finished(file);
  return pages.count;
}

for (const name of readdirSync(sources).sort()) {
  if (!name.endsWith('.md')) continue;
  const article = readArticle(join(sources, name));
  const pages = await write(article);
  console.log(`corpus/${article.output}: ${pages} pages`);
}
