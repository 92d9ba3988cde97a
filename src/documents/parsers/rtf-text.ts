import type { Paragraph } from '../text-builder.js';

/** What programs begin a list's item with, mostly in a font of symbols. */
const BULLET = /^[•·▪◦‣–\u{E000}-\u{F8FF}]\s+(?=\S)/u;

/** Puts RTF's paragraphs and table cells together: where a table begins or ends is told by its paragraphs alone. */
export class RtfText {
  readonly #blocks: Paragraph[] = [];
  #paragraph = '';
  /** Cells and rows of the tables that are open, the outermost first. */
  #cells: string[][] = [[]];
  #rows: string[] = [];

  add(text: string): void {
    this.#paragraph += text;
  }

  /** Ends a paragraph; within a table it is a line of its cell. */
  endParagraph({ isHeading, inTable }: { isHeading: boolean; inTable: boolean }): void {
    if (inTable) {
      this.#paragraph += '\n';
      return;
    }
    this.#closeTable();
    this.#push(this.#paragraph, isHeading);
    this.#paragraph = '';
  }

  endCell(depth = 0): void {
    for (let level = this.#cells.length; level <= depth; level++) this.#cells.push([]);
    this.#cells[depth]?.push(oneLine(this.#paragraph));
    this.#paragraph = '';
  }

  endRow(depth = 0): void {
    const cells = this.#cells[depth] ?? [];
    const line = cells.some((cell) => cell !== '') ? cells.join(' | ') : '';
    this.#cells[depth] = [];
    if (depth > 0) this.#paragraph += `${line}\n`;
    else if (line !== '') this.#rows.push(line);
  }

  /** All paragraphs; what was left open is ended. */
  finish(): Paragraph[] {
    for (let depth = this.#cells.length - 1; depth >= 0; depth--) {
      if (this.#cells[depth]?.length) this.endRow(depth);
    }
    this.endParagraph({ isHeading: false, inTable: false });
    return this.#blocks;
  }

  #closeTable(): void {
    if (this.#cells[0]?.length) this.endRow();
    this.#push(this.#rows.join('\n'), false);
    this.#rows = [];
  }

  #push(text: string, isHeading: boolean): void {
    const lines = text.split('\n').map((line) => line.replace(/[^\S\n]+/g, ' ').trim());
    const trimmed = lines
      .filter((line) => line !== '')
      .join('\n')
      .replace(BULLET, '- ');
    if (trimmed !== '') this.#blocks.push({ text: trimmed, isHeading });
  }
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
