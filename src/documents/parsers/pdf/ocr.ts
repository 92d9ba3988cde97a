import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Line, Worker } from 'tesseract.js';
import { AkinError, errorMessage } from '../../../errors.js';
import { oneLine } from '../../normalise.js';
import type { OpenPdf } from './document.js';
import type { ReadPage } from './pages.js';
import type { TextPiece } from './pieces.js';
import { segmentsOf } from './segments.js';

/** Letters are told best at 300 dots to the inch; a large page is painted with fewer. */
const DOTS = { perPoint: 300 / 72, most: 4_000 };
/** What is recognised with less confidence, in per cent, is a picture or dirt and no text. */
const MIN_CONFIDENCE = 50;
const WORD = /[\p{L}\p{N}]{2}/u;

const DATA_SCOPE = '@tesseract.js-data';
/** Packages of the scope that hold no language. */
const NO_LANGUAGES = new Set(['osd', 'equ']);
/** Within a data package: the smaller files, which only know the newer of Tesseract's two methods, are enough. */
const DATA_FOLDER = '4.0.0_best_int';

export interface RecogniseOptions {
  /** The module for which the data of languages are installed, as a URL. Default: this one */
  languagesFrom?: string;
}

interface Language {
  code: string;
  /** The folder with `<code>.traineddata.gz`. */
  folder: string;
}

/**
 * Reads pages that are pictures by the shapes of their letters, and puts the text into them. Tesseract and the data
 * of its languages are packages that are there only if someone installed them; nothing is loaded from a network.
 *
 * @throws AkinError OCR_UNAVAILABLE without them.
 */
export async function recognisePages(
  { file, picture }: OpenPdf,
  pages: ReadPage[],
  { languagesFrom = import.meta.url }: RecogniseOptions = {},
): Promise<void> {
  await withRecogniser(languagesFrom, async (recogniser) => {
    for (const page of pages) {
      try {
        const opened = await file.getPage(page.page);
        const { width, height } = opened.getViewport({ scale: 1 });
        const scale = Math.min(DOTS.perPoint, DOTS.most / Math.max(width, height));
        const image = Buffer.from(await picture(page.page, scale));
        const { data } = await recogniser.recognize(image, {}, { blocks: true });
        const lines = (data.blocks ?? []).flatMap((block) => block.paragraphs.flatMap((part) => part.lines));
        const pieces = lines.filter(isLegible).map((line) => pieceOf(line, scale));
        if (pieces.length > 0) page.directions = [{ segments: segmentsOf(pieces), top: 0, bottom: height }];
      } catch (error) {
        page.error = errorMessage(error);
      }
    }
  });
}

function isLegible({ text, confidence }: Line): boolean {
  return confidence >= MIN_CONFIDENCE && WORD.test(text);
}

function pieceOf({ text, bbox, baseline, rowAttributes }: Line, scale: number): TextPiece {
  return {
    text: oneLine(text),
    left: bbox.x0 / scale,
    right: bbox.x1 / scale,
    baseline: (baseline.y0 + baseline.y1) / 2 / scale,
    size: (rowAttributes.rowHeight || bbox.y1 - bbox.y0) / scale,
    isRightToLeft: false,
    spaceBefore: true,
    spaceAfter: true,
  };
}

async function withRecogniser(from: string, use: (recogniser: Worker) => Promise<void>): Promise<void> {
  const tesseract = await importTesseract();
  const languages = await installedLanguages(from);
  if (tesseract === null || languages.length === 0) {
    throw new AkinError(
      'OCR_UNAVAILABLE',
      `Scanned pages can't be read without Tesseract: npm install tesseract.js ${DATA_SCOPE}/eng (or the data of other languages).`,
    );
  }
  const folder = await mkdtemp(join(tmpdir(), 'akin-ocr-'));
  try {
    // Tesseract looks for all its languages in one folder.
    const names = languages.map(({ code }) => `${code}.traineddata.gz`);
    await Promise.all(
      languages.map((language, i) =>
        copyFile(join(language.folder, names[i] ?? ''), join(folder, names[i] ?? '')),
      ),
    );
    const recogniser = await new Promise<Worker>((resolve, reject) => {
      const options = { langPath: folder, cacheMethod: 'none', errorHandler: reject };
      const codes = languages.map(({ code }) => code);
      tesseract.createWorker(codes, tesseract.OEM.LSTM_ONLY, options).then(resolve, reject);
    });
    try {
      await use(recogniser);
    } finally {
      await recogniser.terminate();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function importTesseract(): Promise<typeof import('tesseract.js') | null> {
  try {
    return await import('tesseract.js');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return null;
    throw error;
  }
}

async function installedLanguages(from: string): Promise<Language[]> {
  const paths = createRequire(from).resolve.paths(`${DATA_SCOPE}/eng`) ?? [];
  const languages = new Map<string, Language>();
  for (const path of paths) {
    for (const code of await namesIn(join(path, DATA_SCOPE))) {
      const folder = join(path, DATA_SCOPE, code, DATA_FOLDER);
      const hasData = (await namesIn(folder)).includes(`${code}.traineddata.gz`);
      if (hasData && !NO_LANGUAGES.has(code) && !languages.has(code)) languages.set(code, { code, folder });
    }
  }
  return [...languages.values()];
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return [];
    throw new AkinError('READ_FAILED', `${dirname(folder)} can't be read: check its permissions.`, {
      cause: error,
    });
  }
}
