import { fileURLToPath } from 'node:url';
import express, { type RequestHandler } from 'express';

const FOLDER = fileURLToPath(new URL('../reference/', import.meta.url));

/** The page that shows the API's description and tries its requests: Swagger UI, from this server alone. */
export function referencePage(): RequestHandler {
  return express.static(FOLDER, {
    setHeaders: (response) => {
      response.setHeader('Cache-Control', 'no-cache');
    },
  });
}
