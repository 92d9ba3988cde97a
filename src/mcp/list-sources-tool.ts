import { z } from 'zod';
import { filterOf } from '../search/filter-shorthands.js';
import type { ReadableIndex } from './readable-index.js';
import { narrowing, shortened } from './shapes.js';
import type { ToolAnswer } from './tool.js';

/** Values of each field, and characters of each: the whole stays within the budget. */
const MOST_VALUES = 40;
const LONGEST_VALUE = 80;

const input = z.strictObject(narrowing);

const counted = z.object({
  values: z.array(z.object({ value: z.string(), documents: z.number() })).describe('the most frequent first'),
  more: z.number().describe('values that are left out'),
});

const output = z.object({
  documents: z.number(),
  first: z.string().nullable().describe('when the oldest was published'),
  last: z.string().nullable().describe('when the newest was published'),
  sources: counted,
  languages: counted,
  tags: counted,
});

/** `list_sources`: what there is to search. */
export const listSourcesTool = {
  name: 'list_sources',
  config: {
    title: 'What there is to search',
    description: `Tells how many documents there are, from when, and which sources, languages and tags they have: the ${MOST_VALUES} most frequent of each, to filter by.`,
    inputSchema: input,
    outputSchema: output,
  },
  async answer(index: ReadableIndex, narrowed: z.output<typeof input>): Promise<ToolAnswer> {
    const filter = filterOf(narrowed);
    const { documents, publishedAt, facets, values } = await index.facets({
      limit: MOST_VALUES,
      ...(filter === undefined ? {} : { filter }),
    });
    const counts = (field: 'source' | 'language' | 'tags'): z.output<typeof counted> => {
      const shown = Object.entries(facets[field]);
      return {
        values: shown.map(([value, count]) => ({ value: shortened(value, LONGEST_VALUE), documents: count })),
        more: values[field] - shown.length,
      };
    };
    const { first, last } = publishedAt;
    const [sources, languages, tags] = [counts('source'), counts('language'), counts('tags')];
    const text = [
      `${documents} documents${first === null || last === null ? '' : `, published from ${first.slice(0, 10)} to ${last.slice(0, 10)}`}`,
      `sources: ${listed(sources)}`,
      `languages: ${listed(languages)}`,
      `tags: ${listed(tags)}`,
    ].join('\n');
    return { text, structured: { documents, first, last, sources, languages, tags } };
  },
};

function listed({ values, more }: z.output<typeof counted>): string {
  const shown = values.map(({ value, documents }) => `${value} (${documents})`).join(', ');
  return `${shown || 'none'}${more > 0 ? `, and ${more} more` : ''}`;
}
