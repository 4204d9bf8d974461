// The officer's face: React and Mantine, served at "/desk/".
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import postcssPresetMantine from "postcss-preset-mantine";
import postcssSimpleVars from "postcss-simple-vars";
import { defineConfig } from "vite";
import { developmentServer, folder } from "./vite.shared.ts";

export default defineConfig({
  root: folder("desk"),
  base: "/desk/",
  cacheDir: folder("../build/web/.vite/desk"),
  plugins: [react()],
  resolve: { alias: { "@shared": fileURLToPath(new URL("./shared", import.meta.url)) } },
  css: {
    postcss: {
      plugins: [
        postcssPresetMantine(),
        postcssSimpleVars({
          variables: {
            "mantine-breakpoint-xs": "36em",
            "mantine-breakpoint-sm": "48em",
            "mantine-breakpoint-md": "62em",
            "mantine-breakpoint-lg": "75em",
            "mantine-breakpoint-xl": "88em",
          },
        }),
      ],
    },
  },
  server: developmentServer(5174),
  build: {
    outDir: folder("../build/web/desk"),
    emptyOutDir: true,
    target: "es2022",
    modulePreload: { polyfill: false },
  },
});
