import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseFile } from '../../src/documents/parse.js';
import { errorCode } from '../../src/errors.js';
import { SHARED } from '../support/needs.js';

const folder = join(SHARED, 'data/files/pdf');

const UNREAD = ['ENCRYPTED_FILE', 'DAMAGED_FILE'];
const MIN_SHARE = 0.95;

interface Compared {
  file: string;
  /** How many words pdftotext finds, and how many of these Akin finds too. */
  words: number;
  found: number;
  outcome: string;
}

describe('the words of the collected PDFs', { tags: ['shared', 'pdftotext'] }, () => {
  it('are those that pdftotext finds on the pages as they are shown, all but a twentieth', async () => {
    const compared: Compared[] = [];
    for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
      const expected = file.endsWith('.pdf') ? wordsOf(pdfToText(join(folder, file))) : [];
      if (expected.length > 0) compared.push(await compare(file, expected));
    }
    console.log(tableOf(compared));
    const opened = compared.filter(({ outcome }) => !UNREAD.includes(outcome));
    const sum = (each: (one: Compared) => number) => opened.reduce((total, one) => total + each(one), 0);
    expect(sum(({ words }) => words)).toBeGreaterThan(100_000);
    expect(sum(({ found }) => found) / sum(({ words }) => words)).toBeGreaterThanOrEqual(MIN_SHARE);
  });
});

async function compare(file: string, expected: string[]): Promise<Compared> {
  const read = await parseFile(new Uint8Array(readFileSync(join(folder, file))), file).catch(
    (error: unknown) => error,
  );
  const documents =
    read instanceof Error || typeof read !== 'object'
      ? []
      : (read as { documents: { text: string }[] }).documents;
  const left = new Map<string, number>();
  for (const word of wordsOf(documents.map(({ text }) => text).join('\n')))
    left.set(word, (left.get(word) ?? 0) + 1);
  const found = expected.filter((word) => {
    const count = left.get(word) ?? 0;
    left.set(word, count - 1);
    return count > 0;
  });
  const outcome = read instanceof Error ? errorCode(read) : 'read';
  return { file, words: expected.length, found: found.length, outcome };
}

/**
 * Runs of letters and digits in lower case. Which hyphens are a line's and which a word's, the two tell differently:
 * all go.
 */
function wordsOf(text: string): string[] {
  const joined = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/(?<=[\p{L}\p{N}])[-\u2010\u00AD]\s*(?=[\p{L}\p{N}])/gu, '');
  return joined.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}

/** What pdftotext finds in the crop boxes of the pages: it reads the printer's marks around them too if not told. */
function pdfToText(path: string): string {
  return shownAreas(path)
    .map(({ first, last, area: [x, y, width, height] }) => {
      const crop = ['-x', x, '-y', y, '-W', width, '-H', height].map(String);
      return run('pdftotext', ['-f', `${first}`, '-l', `${last}`, ...crop, path, '-']);
    })
    .join('\n');
}

interface ShownArea {
  first: number;
  last: number;
  area: [x: number, y: number, width: number, height: number];
}

/** Runs of pages with the same crop box, measured from the upper left of the media box. */
function shownAreas(path: string): ShownArea[] {
  const count = Number(/^Pages:\s+(\d+)/m.exec(run('pdfinfo', [path]))?.[1] ?? 0);
  const lines = run('pdfinfo', ['-box', '-f', '1', '-l', `${count}`, path]).split('\n');
  const areas: ShownArea[] = [];
  let [left = 0, top = 0]: number[] = [];
  let turned = false;
  for (const line of lines) {
    const [, page, kind, values = ''] = /^Page\s+(\d+)\s+(MediaBox|CropBox|rot):\s+(.*)$/.exec(line) ?? [];
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = values.trim().split(/\s+/).map(Number);
    if (kind === 'rot') turned = x1 % 180 !== 0;
    if (kind === 'MediaBox') [left, top] = [x1, y2];
    if (kind !== 'CropBox') continue;
    const box = [x1 - left, top - y2, x2 - x1, y2 - y1].map((value) => Math.round(value));
    const [x = 0, y = 0, width = 0, height = 0] = turned ? [box[1], box[0], box[3], box[2]] : box;
    const last = areas.at(-1);
    if (last && `${last.area}` === `${[x, y, width, height]}`) last.last = Number(page);
    else areas.push({ first: Number(page), last: Number(page), area: [x, y, width, height] });
  }
  return areas;
}

function run(command: string, parameters: string[]): string {
  const { stdout } = spawnSync(command, parameters, { encoding: 'utf8', maxBuffer: 1e9 });
  return stdout ?? '';
}

function tableOf(compared: Compared[]): string {
  const rows = compared.map(({ file, words, found, outcome }) =>
    [
      file.padEnd(48),
      `${words}`.padStart(7),
      `${found}`.padStart(7),
      (found / words).toFixed(3),
      outcome,
    ].join(' '),
  );
  return ['file, words of pdftotext, of these found by Akin', ...rows].join('\n');
}
