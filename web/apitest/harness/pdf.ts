// pdf.ts - printed forms: whole by qpdf, and what is written in them.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";

export async function checkPdf(bytes: Buffer): Promise<void> {
  expect(bytes.subarray(0, 5).toString("latin1")).toBe("%PDF-");
  const folder = mkdtempSync(join(tmpdir(), "motcua-pdf-"));
  const file = join(folder, "form.pdf");
  writeFileSync(file, bytes);
  const checked = spawnSync("qpdf", ["--check", file], { encoding: "utf8" });
  rmSync(folder, { recursive: true, force: true });
  expect(checked.status, `${checked.stdout}${checked.stderr}${String(checked.error ?? "")}`).toBe(0);
}

// The words on one line, so that a wrapped sentence is found.
export function wordsOf(pdf: Buffer): string {
  return execFileSync("pdftotext", ["-layout", "-", "-"], { input: pdf, encoding: "utf8", maxBuffer: 64 << 20 }).replace(/\s+/g, " ");
}
