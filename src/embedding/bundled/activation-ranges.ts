/** The least and the greatest value that an activation was seen to take; zero lies between. */
export interface ActivationRange {
  min: number;
  max: number;
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
 * The ranges at which all-MiniLM-L6-v2 is quantized, by layer: what scripts/calibrate-activations.ts
 * measured over 400 texts of news, science, medicine and engineering.
 */
export const ACTIVATION_RANGES: LayerActivations[] = [
  {
    attentionInput: { min: -3.2972, max: 6.3521 },
    attentionOutput: { min: -3.2977, max: 2.8712 },
    feedForwardInput: { min: -6.3855, max: 28.4753 },
    feedForwardOutput: { min: -0.17, max: 24.6694 },
  },
  {
    attentionInput: { min: -5.0225, max: 8.1412 },
    attentionOutput: { min: -2.8704, max: 3.0734 },
    feedForwardInput: { min: -6.7403, max: 30.3415 },
    feedForwardOutput: { min: -0.17, max: 20.358 },
  },
  {
    attentionInput: { min: -5.0588, max: 7.9935 },
    attentionOutput: { min: -2.4145, max: 3.0235 },
    feedForwardInput: { min: -12.7743, max: 27.7427 },
    feedForwardOutput: { min: -0.17, max: 17.4129 },
  },
  {
    attentionInput: { min: -5.8695, max: 9.6616 },
    attentionOutput: { min: -2.7155, max: 3.1589 },
    feedForwardInput: { min: -13.5269, max: 28.8354 },
    feedForwardOutput: { min: -0.17, max: 13.7227 },
  },
  {
    attentionInput: { min: -6.8702, max: 10.5268 },
    attentionOutput: { min: -2.9081, max: 2.9225 },
    feedForwardInput: { min: -11.9202, max: 21.5807 },
    feedForwardOutput: { min: -0.17, max: 9.3089 },
  },
  {
    attentionInput: { min: -6.4543, max: 9.8986 },
    attentionOutput: { min: -3.1234, max: 3.4906 },
    feedForwardInput: { min: -13.2845, max: 12.9774 },
    feedForwardOutput: { min: -0.17, max: 9.3348 },
  },
];
