// operations.ts - which operations of the contract this run has called, over all test processes.
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const operationsFolder = fileURLToPath(new URL("../../../build/apitest/operations", import.meta.url));

const noted = new Set<string>();

// Only answers of 2xx count: an operation that was only ever refused has not been exercised.
export function noteOperation(id: string, status: number) {
  const line = `${id} ${status >= 200 && status < 300 ? "done" : "refused"}`;
  if (noted.has(line)) return;
  noted.add(line);
  mkdirSync(operationsFolder, { recursive: true });
  appendFileSync(join(operationsFolder, `${process.pid}.txt`), `${line}\n`);
}

export function calledOperations(): Set<string> {
  const called = new Set<string>();
  if (!existsSync(operationsFolder)) return called;
  for (const name of readdirSync(operationsFolder)) {
    for (const line of readFileSync(join(operationsFolder, name), "utf8").split("\n")) {
      const [id, how] = line.split(" ");
      if (id && how === "done") called.add(id);
    }
  }
  return called;
}
