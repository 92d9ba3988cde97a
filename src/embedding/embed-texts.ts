import type { Reader } from '../documents/reader.js';
import { AkinError } from '../errors.js';
import { withOneModel } from './current-embedder.js';
import type { Embedder, SizedText } from './embedder.js';
import type { EmbeddingsRequest } from './embeddings-request.js';
import { addTo, unitVector } from './vector-math.js';

const SPECIAL_TOKENS = 2;
/** Texts between which it is looked whether somebody still waits. */
const TEXTS_AT_ONCE = 64;

/** Texts and where their vectors go. */
interface Part extends SizedText {
  /** The place of the text that it is of. */
  of: number;
}

/** The vectors of texts, in their order. */
export interface EmbeddedTexts {
  model: string;
  /** Of all texts, without the special ones of the model. */
  tokens: number;
  vectors: Float32Array[];
}

export interface EmbedTextsOptions {
  reader: Reader;
  embedder: Embedder;
  /** Nobody waits any more: what has not begun is left. */
  signal?: AbortSignal | undefined;
}

/**
 * Embeds texts as passages are. One that is longer than the model's window is parted as documents are, and gets the mean of
 * its parts, each weighing as many tokens as it has, so that no word is lost.
 *
 * @throws AkinError MODEL_NOT_FOUND where the request names another model than the index has, INVALID_REQUEST where it wants
 *   other dimensions than that gives
 */
export async function embedTexts(
  { input, model, dimensions }: Pick<EmbeddingsRequest, 'input' | 'model' | 'dimensions'>,
  { reader, embedder, signal }: EmbedTextsOptions,
): Promise<EmbeddedTexts> {
  const texts = [input].flat();
  return withOneModel(embedder, async () => {
    const { fingerprint } = embedder;
    checkModel(model, fingerprint.model);
    checkDimensions(dimensions, fingerprint.dimensions);
    const embedded: EmbeddedTexts = { model: fingerprint.model, tokens: 0, vectors: [] };
    for (let start = 0; start < texts.length; start += TEXTS_AT_ONCE) {
      signal?.throwIfAborted();
      const some = texts.slice(start, start + TEXTS_AT_ONCE);
      const parts = await partsOf(some, reader, embedder);
      const vectors = await embedder.embedPassages(parts, { urgent: true });
      embedded.vectors.push(...meansOf(parts, vectors, some.length, fingerprint.dimensions));
      embedded.tokens += parts.reduce((sum, { tokens }) => sum + tokens, 0);
    }
    return embedded;
  });
}

/** Each text as it is, or where it does not fit into the window in parts. */
async function partsOf(texts: string[], reader: Reader, { fingerprint }: Embedder): Promise<Part[]> {
  const { passagePrefix, window } = fingerprint;
  const prefixed = texts.map((text) => ({ title: null, heading: null, text: passagePrefix + text }));
  const sizes = (await reader.inputsOf(prefixed, { urgent: true })).map(({ tokens }) => tokens);
  const isLong = (place: number): boolean => (sizes[place] ?? 0) + SPECIAL_TOKENS > window;
  const long = texts.flatMap((text, of) => (isLong(of) ? [{ text, of }] : []));
  const read = await reader.readInputs(
    long.map(({ text }) => ({ text })),
    { urgent: true },
  );
  const partsOfLong = long.flatMap(({ of }, place) => {
    const result = read[place];
    if (!result || 'failure' in result) {
      throw new AkinError(
        'INVALID_REQUEST',
        `Text ${of} can't be embedded: ${result?.failure.detail ?? ''}`,
        {
          issues: [{ path: `input.${of}`, message: result?.failure.detail ?? 'is no text' }],
        },
      );
    }
    return result.document.passages.map(({ input, tokens }) => ({ of, text: input, tokens }));
  });
  const whole = texts.flatMap((text, of) => (isLong(of) ? [] : [{ of, text, tokens: sizes[of] ?? 0 }]));
  return [...whole, ...partsOfLong];
}

function meansOf(parts: Part[], vectors: Float32Array[], count: number, dimensions: number): Float32Array[] {
  const sums = Array.from({ length: count }, () => new Float32Array(dimensions));
  for (const [place, { of, tokens }] of parts.entries()) {
    const [sum, vector] = [sums[of], vectors[place]];
    // Even a text of which the model knows no token has a direction.
    if (sum && vector) addTo(sum, vector, Math.max(tokens, 1));
  }
  return sums.map(unitVector);
}

function checkModel(named: string | undefined, model: string): void {
  if (named === undefined || named === model) return;
  throw new AkinError(
    'MODEL_NOT_FOUND',
    `This server embeds with ${model}, not with ${named}. Name that, or leave the model out.`,
    { issues: [{ path: 'model', message: `must be ${model}` }] },
  );
}

function checkDimensions(wanted: number | undefined, dimensions: number): void {
  if (wanted === undefined || wanted === dimensions) return;
  throw new AkinError(
    'INVALID_REQUEST',
    `The model gives ${dimensions} dimensions, not ${wanted}. Ask for ${dimensions}, or leave the dimensions out.`,
    { issues: [{ path: 'dimensions', message: `must be ${dimensions}` }] },
  );
}
