// The authorization matrix: every operation of the contract, by ten roles in nine relations to the
// object, answers as its x-authz says; what somebody may not see looks like what never existed.
import { writeFileSync, mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { authzOf, operationNamed, type Authz } from "./harness/authz.ts";
import { operations } from "./harness/contract.ts";
import { casesOf } from "./harness/idor_cases.ts";
import { another, Matrix } from "./harness/idor_checker.ts";
import { relations, roles, World } from "./harness/idor_world.ts";

const report = fileURLToPath(new URL("../../build/test/idor-matrix.txt", import.meta.url));

let world: World;
beforeAll(async () => {
  world = await World.make();
}, 150_000);
afterAll(() => world?.remove());

it(
  "Every operation answers every role in every relation as x-authz says",
  async () => {
    const started = Date.now();
    const matrix = new Matrix(world);
    for (const known of operations) for (const one of casesOf(known)) await matrix.hold(known, one);
    const { cells, unknown, mismatches, lines } = matrix;
    const size = `${operations.length} operations x ${roles.length} roles x ${relations.length} relations: ${cells} cells and ${unknown} unknown ids, ${mismatches.length} mismatches, ${Math.round((Date.now() - started) / 1000)} s`;
    console.log(`authorization matrix: ${size}`);
    mkdirSync(fileURLToPath(new URL("../../build/test", import.meta.url)), { recursive: true });
    writeFileSync(report, `${size}\n${roles.join(" ")} in each of: ${relations.join(", ")}; g granted, u 401, m 404, r 403\n${lines.join("\n")}\n${mismatches.join("\n")}\n`);
    expect(mismatches.slice(0, 40), size).toEqual([]);
  },
  600_000,
);

it("Whose delegation has ended was let in while it ran, and is a stranger after it", async () => {
  expect(world.whileItRan).toEqual(Object.fromEntries(roles.slice(0, 8).map((role) => [role, 200])));
  const { id } = await world.held();
  const seen = async (relation: string) => {
    const statuses = roles.slice(0, 7).map(async (role) => (await world.api.get(`/api/v1/dossiers/${id}`, { as: world.as(role, relation) })).status);
    return Promise.all(statuses);
  };
  expect(await seen("delegation ended")).toEqual(Array(7).fill(404));
  expect(await seen("delegation running")).toEqual(Array(7).fill(200));
});

// One row each, against a contract that says something else than the server does.
const falsified: [string, Partial<Authz>][] = [
  ["get_dossier", { caller: ["anonymous"], reach: "everyone", foreign: "none" }],
  ["get_dossier", { foreign: "refused" }],
  ["get_dossier", { reach: "everyone" }],
  ["receive", { action: ["view_dossier"] }],
  ["approve", { at: "own" }],
  ["track", { caller: ["receipt"] }],
  ["track", { caller: ["receipt", "officer"], action: ["view_dossier"], at: "part", reach: "view_dossier" }],
  ["get_me", { caller: ["officer"] }],
  ["list_deliveries", { at: "own" }],
  ["update_officer", { reach: "everyone", foreign: "refused" }],
  ["create_officer", { action: ["manage_officers", "assign_task"] }],
  ["get_draft", { reach: "everyone", caller: ["anonymous"] }],
];
it.each(falsified)("A contract that is wrong about %s is found out: %o", async (id, lie) => {
  const known = operationNamed(id);
  const matrix = new Matrix(world);
  for (const one of casesOf(known)) await matrix.hold(known, one, { ...authzOf(known), ...lie });
  expect(matrix.mismatches.length).toBeGreaterThan(0);
});

it("A foreign dossier takes as long to be refused as one that never existed", async () => {
  const receipt = await world.held();
  const stranger = world.as("specialist", "other unit");
  const times: Record<"foreign" | "missing", number[]> = { foreign: [], missing: [] };
  for (let i = 0; i < 200; ++i) {
    for (const kind of ["foreign", "missing"] as const) {
      const id = kind === "foreign" ? receipt.id : another(receipt.id);
      const before = performance.now();
      await world.api.get(`/api/v1/dossiers/${id}`, { as: stranger, expect: 404 });
      times[kind].push(performance.now() - before);
    }
  }
  const median = (list: number[]) => list.sort((one, other) => one - other)[list.length >> 1]!;
  const [foreign, missing] = [median(times.foreign), median(times.missing)];
  console.log(`refusal: ${foreign.toFixed(2)} ms for a foreign dossier, ${missing.toFixed(2)} ms for none (medians of 200)`);
  expect(Math.abs(foreign - missing)).toBeLessThan(5);
});
