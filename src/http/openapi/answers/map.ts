import { z } from 'zod';
import type { DrawnMap, MapInTheMaking } from '../../../map/map-answer.js';

const place = z.number().min(-1).max(1);

const cluster = z.strictObject({
  words: z.array(z.string()).describe('What tells its documents from the others, the most telling first.'),
  x: place,
  y: place,
  documents: z.int(),
});

const documents = z
  .strictObject({
    id: z.array(z.string()),
    title: z.array(z.string().nullable()),
    source: z.array(z.int()).describe('Places in `sources`; -1 where none is known.'),
    language: z.array(z.int()).describe('Places in `languages`; -1 where none is known.'),
    publishedAt: z.array(z.string().nullable()),
    cluster: z.array(z.int()).describe('Places in `clusters`.'),
    x: z.array(place),
    y: z.array(place),
  })
  .describe('By columns: the same place in each is the same document.');

export const drawnMap = z.strictObject({
  status: z.literal('ready'),
  isBehind: z.boolean().describe('Whether documents have changed since it was drawn.'),
  missing: z.int().describe('Documents of the index that are not on it.'),
  clusters: z.array(cluster),
  sources: z.array(z.string()),
  languages: z.array(z.string()),
  documents,
}) satisfies z.ZodType<DrawnMap>;

export const mapInTheMaking = z.strictObject({
  status: z.literal('drawing'),
  done: z.number().min(0).max(1).describe('How much of it is done.'),
}) satisfies z.ZodType<MapInTheMaking>;
