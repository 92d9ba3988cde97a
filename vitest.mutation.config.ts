import { defineConfig } from 'vitest/config';
import everything from './vitest.config.js';

const { projects = [], ...shared } = everything.test ?? {};

/** The unit tests alone, for Stryker, which cannot name a project. */
export default defineConfig({
  test: {
    ...shared,
    reporters: [],
    projects: projects.slice(0, 1),
  },
});
