// @vitest-environment node
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

it("The lock file names packages, not registry hosts", () => {
  const lock = readFileSync(new URL("../package-lock.json", import.meta.url), "utf8");
  expect(lock).not.toContain('"resolved"');
});
