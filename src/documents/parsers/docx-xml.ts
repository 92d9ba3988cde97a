const ALTERNATIVES = /<(\/?)mc:AlternateContent\b[^>]*>/g;
const BOX_TEXT = /<w:txbxContent\b[^>]*>[\s\S]*?<\/w:txbxContent>/g;
/** A reading above its characters, as Japanese has it, and what holds the two together. */
const RUBY = /<w:rt>[\s\S]*?<\/w:rt>|<\/?w:ruby(?:Base)?>/g;

/**
 * A part of a Word file with that rewritten which mammoth would pass over with its words: characters that have their
 * reading above them, and text boxes that are there only in the form of Word 2010 and later.
 */
export function withAllWords(xml: string): string {
  return withOldTextBoxes(xml.replace(RUBY, ''));
}

/** mammoth reads the older one of two forms of a drawing; where that has no text, the newer one's takes its place. */
function withOldTextBoxes(xml: string): string {
  let result = '';
  let copied = 0;
  let start = 0;
  let depth = 0;
  for (const { 0: tag, 1: closing, index } of xml.matchAll(ALTERNATIVES)) {
    if (!closing && depth++ === 0) start = index;
    if (!closing || depth === 0 || --depth > 0) continue;
    const end = index + tag.length;
    const drawing = xml.slice(start, end);
    const boxes = /<v:textbox\b/.test(drawing) ? null : drawing.match(BOX_TEXT);
    if (!boxes) continue;
    result += xml.slice(copied, start) + boxes.map(oldTextBox).join('');
    copied = end;
  }
  return result + xml.slice(copied);
}

function oldTextBox(content: string): string {
  return `<w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>${content}</v:textbox></v:shape></w:pict>`;
}
