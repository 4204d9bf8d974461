// A form's conditions, judged by the server and, for answers it has not seen yet, by the page: random
// answers to every form, the good ones and the odd ones.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { askedNow, type Said } from "../shared/feel/asked.ts";
import type { Answers, Field, Procedure } from "../shared/schemas.ts";
import { seeded } from "./harness/answers.ts";
import { Client } from "./harness/client.ts";
import { startServer, type TestServer } from "./harness/server.ts";

const rounds = 60;
const dice = seeded("conditions");
const chance = (of: number): boolean => dice.below(1000) < of * 1000;
const whole = (first: number, last: number): number => first + dice.below(last - first + 1);
let server: TestServer;
let api: Client;

beforeAll(async () => {
  server = await startServer({ dossiers: 0 });
  api = new Client(server);
});
afterAll(async () => {
  api?.close();
  await server?.remove();
});

const oddities: unknown[] = ["", " ", "x", "Đặng Thị Bưởi", "Đặng".normalize("NFD"), "2026-02-30", "1/2/2026", 0, -1, 5.5, 1e15, true, "true", [], ["x"], null];

function goodAnswer(field: Field): unknown {
  const options = (field.options ?? []).map((option) => option.value);
  switch (field.type) {
    case "boolean":
      return chance(0.5);
    case "choice":
      return dice.pick(options);
    case "multi_choice":
      return options.filter(() => chance(0.5));
    case "integer":
    case "money":
      return whole(0, 60);
    case "date":
    case "partial_date": {
      // Some of them within weeks of today, where a condition turns.
      const days = chance(0.4) ? whole(-5, 90) : whole(0, 20_000);
      return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
    }
    case "commune":
      return "16681";
    case "table":
      return [{}];
    default:
      return "Nguyễn Văn An";
  }
}

function changed(procedure: Procedure, answers: Answers, share: number): Answers {
  const after = { ...answers };
  for (const field of procedure.form.pages.flatMap((page) => page.fields)) {
    if (!chance(share)) continue;
    if (chance(0.15)) delete after[field.id];
    else after[field.id] = chance(0.12) ? dice.pick(oddities) : goodAnswer(field);
  }
  return after;
}

describe("Conditions of forms", () => {
  it("are sent with the form, and mean the same in the page as on the server", async () => {
    const listed = (await api.get("/api/v1/procedures", { expect: 200 })).json.items as { code: string }[];
    let conditional = 0;
    let compared = 0;
    let left = 0;
    for (const { code } of listed) {
      const procedure = (await api.get(`/api/v1/procedures/${code}`, { expect: 200 })).json as Procedure;
      const fields = procedure.form.pages.flatMap((page) => page.fields);
      for (const field of fields) expect(field.conditional, field.id).toBe(field.visible_when !== undefined || field.required_when !== undefined);
      conditional += fields.filter((field) => field.conditional).length;
      const judge = async (answers: Answers): Promise<Said> => (await api.post(`/api/v1/procedures/${code}/evaluation`, { key: null, body: { answers, channel: "counter" }, expect: 200 })).json as Said;
      let answers: Answers = {};
      let said = await judge(answers);
      for (let round = 0; round < rounds; round += 1) {
        answers = changed(procedure, answers, round % 10 === 0 ? 0.9 : 0.15);
        // What is left to the server stays as it said last: then either of its words may be there.
        const here = askedNow(procedure.form, answers, said);
        const opposite: Said = {
          today: said.today,
          visible: fields.map((field) => field.id).filter((id) => !said.visible.includes(id)),
          required: fields.map((field) => field.id).filter((id) => !said.required.includes(id)),
        };
        const otherwise = askedNow(procedure.form, answers, opposite);
        const truth = await judge(answers);
        for (const { id } of fields) {
          for (const what of ["visible", "required"] as const) {
            const judged = here[what].includes(id) === otherwise[what].includes(id);
            if (!judged) left += 1;
            else {
              compared += 1;
              expect(here[what].includes(id), `${code}: ${id} ${what} by ${JSON.stringify(answers)}`).toBe(truth[what].includes(id));
            }
          }
        }
        said = truth;
      }
    }
    console.log(`conditions of forms: ${conditional} fields with one, ${compared} judgements compared, ${left} left to the server`);
    expect(conditional).toBeGreaterThan(20);
    expect(left).toBeLessThan(compared / 20);
  });
});
