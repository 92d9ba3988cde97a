import { type Camera, toScreen, type Viewport } from './camera.js';
import type { Cluster } from './drawn-map.js';
import { clusterName } from './grouping.js';
import { fitLabels } from './labels.js';
import { cssOf, type Theme } from './palette.js';

/** In CSS pixels. */
const HEIGHT = 20;
/** Where the zoom buttons stand: no label belongs under them. From the lower right corner, in CSS pixels. */
const BUTTONS = { text: '', width: 60, height: 140 };

/** How labels are drawn. */
export interface LabelOptions {
  camera: Camera;
  viewport: Viewport;
  theme: Theme;
  /** Names of fonts, as CSS has them. */
  font: string;
}

/** Writes the names of clusters over them, as many as fit, the largest clusters first. */
export function drawLabels(
  onto: CanvasRenderingContext2D,
  clusters: Cluster[],
  { camera, viewport, theme: { ink, paper }, font }: LabelOptions,
): void {
  onto.font = `600 14px ${font}`;
  onto.textAlign = 'center';
  onto.textBaseline = 'middle';
  onto.lineJoin = 'round';
  const labels = clusters.map((cluster) => {
    const text = clusterName(cluster);
    const { width } = onto.measureText(text);
    return { text, ...toScreen(cluster, camera, viewport), width, height: HEIGHT };
  });
  const { width, height } = viewport;
  const buttons = { ...BUTTONS, x: width - BUTTONS.width / 2, y: height - BUTTONS.height / 2 };
  // Letters are told from the points below them by a rim of the paper's colour.
  onto.strokeStyle = cssOf(paper);
  onto.lineWidth = 4;
  onto.fillStyle = cssOf(ink);
  for (const { text, x, y } of fitLabels([buttons, ...labels], viewport)) {
    onto.strokeText(text, x, y);
    onto.fillText(text, x, y);
  }
}
