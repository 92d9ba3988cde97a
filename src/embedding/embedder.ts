/** What made an index's vectors. Two indexes with the same fingerprint may share vectors. */
export interface ModelFingerprint {
  model: string;
  /** SHA-256 of the graph's file and of the tokenizer's. */
  sha256: string;
  dtype: 'int8' | 'float32';
  pooling: 'mean' | 'cls';
  /** The longest input in tokens, the special ones included. */
  window: number;
  queryPrefix: string;
  passagePrefix: string;
  dimensions: number;
}

/** A text to embed with the number of its tokens, by which batches are made; an estimate will do. */
export interface SizedText {
  text: string;
  tokens: number;
}

/**
 * Turns texts into unit vectors. The same text gives the same vector (cosine ≥ 0.9999) whatever else is
 * embedded beside it.
 */
export interface Embedder {
  readonly fingerprint: ModelFingerprint;
  /** One vector of `fingerprint.dimensions` floats, of length 1. */
  embedQuery(text: string): Promise<Float32Array>;
  /**
   * A vector for each text, in the same order.
   * @param urgent pass before bulk work. Default: false
   */
  embedPassages(texts: SizedText[], options?: { urgent?: boolean }): Promise<Float32Array[]>;
  close(): Promise<void>;
}
