import { endianness } from 'node:os';
import { Router } from 'express';
import { readingOf } from './authenticate.js';
import type { SearchGate } from './search-gate.js';
import type { GetEngine } from './server.js';

/** Embeddings as OpenAI's clients ask for them. */
export function embeddingRoutes(engine: GetEngine, gate: SearchGate): Router {
  const router = Router();

  router.post('/embeddings', async (request, response) => {
    const { encoding, model, tokens, vectors } = await gate.run(response, (signal) =>
      engine().embed(request.body ?? {}, { ...readingOf(response), signal }),
    );
    const write = encoding === 'base64' ? toBase64 : (vector: Float32Array) => [...vector];
    response.json({
      object: 'list',
      data: vectors.map((vector, index) => ({ object: 'embedding', index, embedding: write(vector) })),
      model,
      usage: { prompt_tokens: tokens, total_tokens: tokens },
    });
  });

  return router;
}

/** The floats in little-endian order, as clients read them on any machine. */
function toBase64({ buffer, byteOffset, byteLength }: Float32Array): string {
  const bytes = Buffer.from(buffer, byteOffset, byteLength);
  return (endianness() === 'LE' ? bytes : Buffer.from(bytes).swap32()).toString('base64');
}
