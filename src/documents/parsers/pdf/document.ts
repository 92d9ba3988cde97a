import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type OutlineNode, PasswordException, PDFParse, VerbosityLevel } from 'pdf-parse';
import { AkinError, errorMessage } from '../../../errors.js';

/** PDF 32000-1, 8.3.4: x' = a·x + c·y + e, y' = b·x + d·y + f. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/** A run of text as pdf.js gives it; `transform` leads from its own unit square to the page, y upwards. */
export interface PdfText {
  str: string;
  /** `ltr`, `rtl`, or `ttb` for vertical writing. */
  dir: string;
  transform: Matrix;
  width: number;
  height: number;
  fontName: string;
}

/** What is drawn over a page: form fields, notes. Only what Akin asks of them. */
export interface PdfAnnotation {
  subtype: string;
  fieldType?: string;
  fieldValue?: unknown;
  hidden?: boolean;
  noView?: boolean;
  password?: boolean;
  rect: [number, number, number, number];
  contentsObj?: { str: string };
  textContent?: string[];
}

export interface PdfPage {
  getViewport(options: { scale: number }): { width: number; height: number; transform: Matrix };
  getTextContent(): Promise<{ items: (PdfText | { type: string })[] }>;
  getAnnotations(): Promise<PdfAnnotation[]>;
  getOperatorList(): Promise<{ fnArray: number[]; argsArray: (unknown[] | null)[] }>;
  cleanup(): unknown;
}

/** The loaded document of pdf.js, as far as Akin needs it. */
export interface PdfFile {
  numPages: number;
  getPage(page: number): Promise<PdfPage>;
  getDestination(name: string): Promise<unknown[] | null>;
  getPageIndex(reference: unknown): Promise<number>;
}

export interface OpenPdf {
  file: PdfFile;
  info: Record<string, unknown>;
  outline: OutlineNode[];
  /** A page as a PNG, `scale` pixels to the point. */
  picture(page: number, scale: number): Promise<Uint8Array>;
}

/**
 * Opens a PDF for as long as `use` works with it.
 *
 * pdf-parse opens it, tells its fields and outline and paints its pages; but its own texts have no positions. These
 * are in the pdf.js document that it has loaded and that its types keep private: taking that one spares a second copy
 * of pdf.js, with another version or another reading of the same file.
 *
 * @throws AkinError ENCRYPTED_FILE if it can't be opened without a password, DAMAGED_FILE if not at all.
 */
export async function withPdf<T>(bytes: Uint8Array, use: (pdf: OpenPdf) => Promise<T>): Promise<T> {
  const parser = new PDFParse({
    // pdf.js takes the memory that it is given for its own.
    data: bytes.slice(),
    verbosity: VerbosityLevel.ERRORS,
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    // Text in Chinese, Japanese and Korean fonts that are not embedded can't be read without these tables.
    cMapUrl: pdfJsFolder('cmaps'),
    cMapPacked: true,
    standardFontDataUrl: pdfJsFolder('standard_fonts'),
    wasmUrl: pdfJsFolder('wasm'),
  });
  try {
    const file = await load(parser);
    return await use({ file, ...(await describe(parser)), picture: pictureTaker(parser) });
  } finally {
    await parser.destroy();
  }
}

/** The numbers by which pdf.js names what a page draws: `OPS.save`. */
export async function drawingOperators(): Promise<Readonly<Record<string, number>>> {
  const module = pathToFileURL(fromPdfParse().resolve('pdfjs-dist/legacy/build/pdf.mjs')).href;
  const { OPS } = (await import(module)) as { OPS: Record<string, number> };
  return OPS;
}

async function load(parser: PDFParse): Promise<PdfFile> {
  try {
    return await (parser as unknown as { load(): Promise<PdfFile> }).load();
  } catch (error) {
    throw openingError(error);
  }
}

async function describe(parser: PDFParse): Promise<Pick<OpenPdf, 'info' | 'outline'>> {
  try {
    const { info, outline } = await parser.getInfo();
    return { info: (info ?? {}) as Record<string, unknown>, outline: outline ?? [] };
  } catch {
    // A damaged outline or title costs only these: the pages may be whole.
    return { info: {}, outline: [] };
  }
}

function pictureTaker(parser: PDFParse): OpenPdf['picture'] {
  return async (page, scale) => {
    const { pages } = await parser.getScreenshot({
      partial: [page],
      scale,
      imageBuffer: true,
      imageDataUrl: false,
    });
    return pages[0]?.data ?? new Uint8Array();
  };
}

function openingError(cause: unknown): AkinError {
  if (cause instanceof PasswordException) {
    const message = 'The PDF needs a password to be opened: save a copy without one.';
    return new AkinError('ENCRYPTED_FILE', message, { cause });
  }
  const message = `The PDF is damaged (${errorMessage(cause)}): open it in a viewer and save or print it as a new PDF.`;
  return new AkinError('DAMAGED_FILE', message, { cause });
}

function pdfJsFolder(name: string): string {
  return join(dirname(fromPdfParse().resolve('pdfjs-dist/package.json')), name) + sep;
}

function fromPdfParse(): NodeJS.Require {
  return createRequire(createRequire(import.meta.url).resolve('pdf-parse'));
}
