// Unit tests of shared/, verifier/, portal/ and desk/: beside the code, x.test.ts(x).
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: {
    alias: {
      "@shared": fileURLToPath(new URL("./shared", import.meta.url)),
      "@verifier": fileURLToPath(new URL("./verifier", import.meta.url)),
    },
  },
  cacheDir: fileURLToPath(new URL("../build/web/.vite/test", import.meta.url)),
  test: {
    include: ["{shared,verifier,portal,desk,tools}/**/*.test.{ts,tsx,mjs}"],
    environment: "happy-dom",
    pool: "threads",
    maxWorkers: 2,
    testTimeout: 15_000,
  },
});
