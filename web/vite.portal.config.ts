// The citizen's face: React code compiled with preact/compat, served at "/".
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { developmentServer, folder } from "./vite.shared.ts";

export default defineConfig({
  root: folder("portal"),
  base: "/",
  cacheDir: folder("../build/web/.vite/portal"),
  resolve: {
    alias: {
      "@shared": fileURLToPath(new URL("./shared", import.meta.url)),
      "@verifier": fileURLToPath(new URL("./verifier", import.meta.url)),
      "react/jsx-runtime": "preact/jsx-runtime",
      "react/jsx-dev-runtime": "preact/jsx-dev-runtime",
      "react-dom/client": "preact/compat/client",
      "react-dom": "preact/compat",
      react: "preact/compat",
    },
  },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  server: developmentServer(5173),
  build: {
    outDir: folder("../build/web/portal"),
    emptyOutDir: true,
    target: "es2020",
    assetsInlineLimit: 2048,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // Small parts that several pages share come as one file, not as one request each.
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [{ name: "parts", test: /(portal\/src\/components\/(BackLink|DownloadButton|Facts|FeeTable|useLoaded)|shared\/save_blob)\./ }],
        },
      },
    },
  },
});
