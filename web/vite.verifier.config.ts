// The verifier of the journal as one file for Node: a witness at another agency needs nothing else.
import { defineConfig } from "vite";
import { folder } from "./vite.shared.ts";

export default defineConfig({
  root: folder("verifier"),
  cacheDir: folder("../build/web/.vite/verifier"),
  ssr: { noExternal: true },
  build: {
    ssr: folder("verifier/main.ts"),
    outDir: folder("../build/web/verifier"),
    emptyOutDir: true,
    target: "node20",
    minify: false,
    rolldownOptions: { output: { entryFileNames: "motcua-verifier.mjs", codeSplitting: false } },
  },
});
