/** A channel of an activation, and the least and the greatest value that it was seen to take. */
export interface ChannelRange {
  channel: number;
  min: number;
  max: number;
}

/** The least and the greatest value that an activation was seen to take; zero lies between. */
export interface ActivationRange {
  min: number;
  max: number;
  /** The few channels that go far beyond, which the range does not count. */
  outlying: ChannelRange[];
}

/** The inputs of the dense layers of one transformer layer, in the order of the data. */
export interface LayerActivations {
  /** Of query, key and value. */
  attentionInput: ActivationRange;
  attentionOutput: ActivationRange;
  feedForwardInput: ActivationRange;
  feedForwardOutput: ActivationRange;
}

/**
 * The ranges at which all-MiniLM-L6-v2 is quantized, by layer: what scripts/calibrate-activations.ts measured over a
 * thousand texts of news, of 8 to 256 tokens.
 */
export const ACTIVATION_RANGES: LayerActivations[] = [
  {
    attentionInput: {
      min: -2.98,
      max: 3.88,
      outlying: [
        { channel: 63, min: -2.09, max: 6.16 },
        { channel: 99, min: -0.72, max: 6.35 },
      ],
    },
    attentionOutput: { min: -3.34, max: 2.91, outlying: [] },
    feedForwardInput: {
      min: -4.89,
      max: 4.67,
      outlying: [
        { channel: 63, min: -3.06, max: 11.05 },
        { channel: 99, min: -1.86, max: 28.45 },
        { channel: 157, min: -0.97, max: 6.38 },
        { channel: 267, min: -1.63, max: 7.32 },
        { channel: 303, min: -6.46, max: 3.17 },
      ],
    },
    feedForwardOutput: {
      min: -0.17,
      max: 5.84,
      outlying: [
        { channel: 329, min: -0.17, max: 6.22 },
        { channel: 856, min: -0.03, max: 25.04 },
      ],
    },
  },
  {
    attentionInput: {
      min: -4.6,
      max: 4.56,
      outlying: [
        { channel: 63, min: -2.48, max: 5.65 },
        { channel: 99, min: -0.93, max: 8.14 },
        { channel: 157, min: -1.04, max: 7.04 },
        { channel: 338, min: -5.28, max: 3.21 },
      ],
    },
    attentionOutput: { min: -3, max: 2.83, outlying: [] },
    feedForwardInput: {
      min: -4.5,
      max: 4.95,
      outlying: [
        { channel: 63, min: -3.22, max: 8.78 },
        { channel: 99, min: -1.52, max: 30.31 },
        { channel: 157, min: -0.75, max: 7.82 },
        { channel: 223, min: -6.49, max: 1.85 },
        { channel: 238, min: -5.12, max: 1.16 },
        { channel: 267, min: -2.5, max: 7.54 },
        { channel: 338, min: -6.33, max: 3.16 },
        { channel: 347, min: -2.63, max: 5.96 },
      ],
    },
    feedForwardOutput: {
      min: -0.17,
      max: 5.83,
      outlying: [
        { channel: 251, min: -0.17, max: 6.78 },
        { channel: 588, min: -0.17, max: 6.47 },
        { channel: 607, min: -0.17, max: 20.33 },
        { channel: 821, min: -0.17, max: 6.64 },
      ],
    },
  },
  {
    attentionInput: {
      min: -4.86,
      max: 4.88,
      outlying: [
        { channel: 63, min: -2.73, max: 5.79 },
        { channel: 99, min: -1.09, max: 7.99 },
        { channel: 157, min: -0.85, max: 6.2 },
        { channel: 338, min: -5.23, max: 2.54 },
      ],
    },
    attentionOutput: { min: -2.76, max: 2.81, outlying: [] },
    feedForwardInput: {
      min: -4.74,
      max: 4.82,
      outlying: [
        { channel: 63, min: -3.28, max: 7.66 },
        { channel: 99, min: -2.06, max: 27.74 },
        { channel: 157, min: -0.66, max: 7.37 },
        { channel: 223, min: -12.59, max: 2.09 },
        { channel: 267, min: -2.5, max: 5.04 },
        { channel: 338, min: -6.76, max: 2.65 },
        { channel: 347, min: -3.06, max: 5.45 },
      ],
    },
    feedForwardOutput: {
      min: -0.17,
      max: 5.77,
      outlying: [
        { channel: 218, min: -0.17, max: 14.67 },
        { channel: 409, min: -0.17, max: 6.13 },
        { channel: 456, min: -0.17, max: 6.67 },
        { channel: 606, min: -0.17, max: 6.64 },
        { channel: 805, min: -0.17, max: 6.56 },
        { channel: 1004, min: -0.13, max: 17.45 },
        { channel: 1166, min: -0.17, max: 6.63 },
        { channel: 1265, min: -0.17, max: 6.75 },
        { channel: 1309, min: -0.17, max: 6.11 },
      ],
    },
  },
  {
    attentionInput: {
      min: -4.9,
      max: 4.95,
      outlying: [
        { channel: 63, min: -2.92, max: 6.05 },
        { channel: 94, min: -2.81, max: 5.14 },
        { channel: 99, min: -1.43, max: 9.66 },
        { channel: 157, min: -1.01, max: 6.61 },
        { channel: 338, min: -5.73, max: 2.54 },
      ],
    },
    attentionOutput: { min: -2.64, max: 2.97, outlying: [] },
    feedForwardInput: {
      min: -4.68,
      max: 4.58,
      outlying: [
        { channel: 63, min: -4.32, max: 9.62 },
        { channel: 99, min: -3.19, max: 28.84 },
        { channel: 157, min: -1.08, max: 6.98 },
        { channel: 223, min: -14.59, max: 1.2 },
        { channel: 338, min: -6.32, max: 2.49 },
        { channel: 363, min: -3.24, max: 5.03 },
      ],
    },
    feedForwardOutput: {
      min: -0.17,
      max: 5.67,
      outlying: [
        { channel: 358, min: -0.17, max: 13.73 },
        { channel: 750, min: -0.17, max: 6.57 },
      ],
    },
  },
  {
    attentionInput: {
      min: -4.89,
      max: 4.96,
      outlying: [
        { channel: 63, min: -3.61, max: 6.15 },
        { channel: 94, min: -3.51, max: 5.48 },
        { channel: 99, min: -2.09, max: 10.53 },
        { channel: 112, min: -5.59, max: 4.21 },
        { channel: 131, min: -5.07, max: 4.12 },
        { channel: 145, min: -5.05, max: 3.33 },
        { channel: 157, min: -1.19, max: 7.81 },
        { channel: 163, min: -4.03, max: 5.27 },
        { channel: 189, min: -4.28, max: 5.25 },
        { channel: 223, min: -5.19, max: 0.78 },
        { channel: 245, min: -5.28, max: 4.03 },
        { channel: 296, min: -5.19, max: 3.38 },
        { channel: 297, min: -5.42, max: 3.94 },
        { channel: 322, min: -5.41, max: 3.5 },
        { channel: 338, min: -6.66, max: 2.66 },
        { channel: 351, min: -3.92, max: 5.01 },
        { channel: 363, min: -3.97, max: 5.89 },
        { channel: 383, min: -5.81, max: 3.92 },
      ],
    },
    attentionOutput: { min: -3.16, max: 3.14, outlying: [] },
    feedForwardInput: {
      min: -5,
      max: 4.42,
      outlying: [
        { channel: 63, min: -4.41, max: 8.63 },
        { channel: 99, min: -3.59, max: 21.6 },
        { channel: 127, min: -2.75, max: 13.49 },
        { channel: 157, min: -1.2, max: 6.89 },
        { channel: 223, min: -13.97, max: 0.97 },
        { channel: 338, min: -5.33, max: 2.39 },
        { channel: 363, min: -3.46, max: 5.25 },
      ],
    },
    feedForwardOutput: {
      min: -0.17,
      max: 5.95,
      outlying: [
        { channel: 122, min: -0.17, max: 6.02 },
        { channel: 128, min: -0.17, max: 6.44 },
        { channel: 192, min: -0.17, max: 7.86 },
        { channel: 373, min: -0.17, max: 6.25 },
        { channel: 446, min: -0.17, max: 6.85 },
        { channel: 637, min: -0.17, max: 8.17 },
        { channel: 716, min: -0.17, max: 7.49 },
        { channel: 1031, min: -0.17, max: 6.87 },
        { channel: 1089, min: -0.17, max: 7.46 },
        { channel: 1097, min: -0.17, max: 7.36 },
        { channel: 1257, min: -0.17, max: 6.47 },
        { channel: 1260, min: -0.17, max: 6.04 },
        { channel: 1313, min: -0.17, max: 6.63 },
        { channel: 1321, min: -0.17, max: 6.54 },
        { channel: 1357, min: -0.17, max: 6.09 },
        { channel: 1417, min: -0.17, max: 6.76 },
      ],
    },
  },
  {
    attentionInput: {
      min: -4.98,
      max: 4.91,
      outlying: [
        { channel: 99, min: -2.37, max: 9.87 },
        { channel: 112, min: -5.69, max: 3.8 },
        { channel: 131, min: -5.03, max: 4.22 },
        { channel: 157, min: -1.72, max: 7.2 },
        { channel: 189, min: -4.77, max: 5.15 },
        { channel: 223, min: -5.27, max: 1.06 },
        { channel: 296, min: -5.39, max: 3.51 },
        { channel: 297, min: -5.13, max: 4.35 },
        { channel: 322, min: -5.34, max: 3.29 },
        { channel: 338, min: -6.44, max: 3.03 },
        { channel: 351, min: -3.96, max: 5.26 },
        { channel: 363, min: -4.12, max: 5.73 },
        { channel: 383, min: -5.59, max: 4.1 },
      ],
    },
    attentionOutput: { min: -3.54, max: 4.03, outlying: [] },
    feedForwardInput: {
      min: -4.22,
      max: 4.95,
      outlying: [
        { channel: 99, min: -2.6, max: 12.96 },
        { channel: 127, min: -1.85, max: 7.69 },
        { channel: 223, min: -13.14, max: 1.1 },
        { channel: 319, min: -7.92, max: 7.47 },
      ],
    },
    feedForwardOutput: {
      min: -0.17,
      max: 5.83,
      outlying: [
        { channel: 745, min: -0.17, max: 6.54 },
        { channel: 830, min: -0.17, max: 8.99 },
        { channel: 1302, min: -0.17, max: 9.44 },
      ],
    },
  },
];
