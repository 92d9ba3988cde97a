import { AkinError } from '../../errors.js';
import type { DocumentFields, ParsedDocument } from '../../types.js';
import { readTags, unknownFields } from '../fields.js';
import { normaliseText, oneLineOrNull } from '../normalise.js';
import { givenTitle, splitTitle } from './office-fields.js';
import { type RtfContent, RtfInterpreter } from './rtf-interpreter.js';
import { readRtfTokens } from './rtf-tokens.js';
import { textOfBlocks } from './whole-html.js';

/**
 * One document of an RTF file: its text with headings, tables, list marks, text boxes and notes. Headers, footers,
 * comments, hidden text and pictures are left out.
 *
 * @throws AkinError DAMAGED_FILE where groups stand in one another without end.
 */
export function parseRtf(bytes: Uint8Array): ParsedDocument {
  const interpreter = new RtfInterpreter();
  for (const token of readRtfTokens(bytes)) {
    if (!interpreter.take(token)) {
      throw new AkinError('DAMAGED_FILE', 'The groups of the RTF file stand in one another without end.');
    }
  }
  const content = interpreter.finish();
  const fields = fieldsOf(content);
  const normalised = content.blocks.map(({ text, isHeading }) => ({ text: normaliseText(text), isHeading }));
  const { title, blocks } = splitTitle(fields.title, normalised);
  return { ...fields, title, ...textOfBlocks(blocks), pages: [] };
}

function fieldsOf({ info, times }: RtfContent): DocumentFields {
  const subject = oneLineOrNull(info.get('subject'));
  return {
    ...unknownFields(),
    title: givenTitle(oneLineOrNull(info.get('title'))),
    author: oneLineOrNull(info.get('author')),
    tags: readTags(info.get('keywords') ?? ''),
    metadata: {
      ...(times.creatim ? { createdAt: times.creatim } : {}),
      ...(times.revtim ? { modifiedAt: times.revtim } : {}),
      ...(subject === null ? {} : { subject }),
    },
  };
}
