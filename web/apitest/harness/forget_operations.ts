// forget_operations.ts - a run begins with no operation called.
import { mkdirSync, rmSync } from "node:fs";
import { operationsFolder } from "./operations.ts";

export default function setup() {
  rmSync(operationsFolder, { recursive: true, force: true });
  mkdirSync(operationsFolder, { recursive: true });
}
