// Every operation of api/openapi.yaml was called by the other files, with success (they run first).
import { expect, it } from "vitest";
import { contract, operations } from "./harness/contract.ts";
import { clockCanBeSet } from "./harness/moments.ts";
import { calledOperations } from "./harness/operations.ts";

it("The contract is OpenAPI 3.0, and every operation has a name of its own", () => {
  expect(contract.openapi).toMatch(/^3\.0\./);
  const ids = operations.map((one) => one.id);
  expect(ids.filter((id, index) => !id || ids.indexOf(id) !== index)).toEqual([]);
});

// What needs days to pass is exercised on a server whose clock can be set.
it.skipIf(!clockCanBeSet)("Every operation of the contract has been exercised", () => {
  const called = calledOperations();
  expect(operations.map((one) => one.id).filter((id) => !called.has(id))).toEqual([]);
});
