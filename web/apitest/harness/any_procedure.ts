// any_procedure.ts - files whatever a procedure asks for, and carries the dossier to its end: for
// procedures that nobody has written a test for.
import { expect } from "vitest";
import { Dice, person, thanhVinh, daysAgo, type Answers } from "./answers.ts";
import type { Client, Json, Session } from "./client.ts";
import { command, open, scan, upload } from "./desk.ts";
import type { Staff } from "./staff.ts";

function answerTo(field: Json, dice: Dice): Json {
  const one = person(dice);
  switch (field.type) {
    case "personal_id":
      return one.id;
    case "tax_code":
      return "0100109106";
    case "phone":
      return one.phone;
    case "email":
      return "thu.nghiem@example.vn";
    case "commune":
      return thanhVinh;
    case "date":
      return daysAgo(field.max === "today" || field.max === undefined ? 400 + dice.below(9000) : 1);
    case "partial_date":
      return "1985";
    case "time":
      return "08:30";
    case "boolean":
      return true;
    case "integer":
    case "money":
      return typeof field.min === "number" ? field.min + 1 : 1;
    case "choice":
      return dice.pick(field.options as { value: string }[]).value;
    case "multi_choice":
      return [dice.pick(field.options as { value: string }[]).value];
    case "table": {
      const row: Answers = {};
      for (const column of field.columns) row[column.id] = answerTo(column, dice);
      return [row];
    }
    default:
      return one.name.slice(0, field.max_length ?? 60);
  }
}

// Answers as a person would find them: what is asked now, until nothing is missing.
export async function answersFor(api: Client, procedure: Json, channel: string, dice: Dice): Promise<{ answers: Answers; evaluation: Json }> {
  const fields = new Map<string, Json>();
  for (const page of procedure.form.pages) for (const field of page.fields) fields.set(field.id, field);
  const answers: Answers = {};
  for (let round = 0; ; ++round) {
    const told = (await api.post(`/api/v1/procedures/${procedure.code}/evaluation`, { body: { answers, channel }, expect: 200 })).json;
    const missing = (told.required as string[]).filter((id) => answers[id] === undefined && (told.visible as string[]).includes(id));
    const wrong = told.problems.filter((one: Json) => one.severity === "error");
    if (missing.length === 0 && wrong.length === 0) return { answers, evaluation: told };
    expect(round, `${procedure.code}: ${JSON.stringify(wrong)}`).toBeLessThan(10);
    for (const id of missing) answers[id] = answerTo(fields.get(id), dice);
    if (missing.length === 0) for (const one of wrong) if (fields.has(one.field)) answers[one.field] = answerTo(fields.get(one.field), dice);
  }
}

// Filed at the counter that receives for it, or on line where it takes no other way; every paper
// handed in or shown.
export async function fileAny(api: Client, staff: Staff, code: string, dice: Dice): Promise<Json> {
  const procedure = (await api.get(`/api/v1/procedures/${code}`, { expect: 200 })).json;
  const channel: string = ["counter", "post", "online"].find((one) => procedure.channels.includes(one))!;
  const { answers, evaluation } = await answersFor(api, procedure, channel, dice);
  const needed = evaluation.components.filter((one: Json) => one.required);
  const submitted = needed.filter((one: Json) => one.kind === "submit").map((one: Json) => one.id as string);
  const agency = procedure.level === "commune" && !procedure.place_field ? "H41.101" : "";
  const applicant = { name: person(dice).name, phone: "0912345678" };
  if (channel === "online") {
    const draft = (await api.post("/api/v1/drafts", { body: { procedure: code, agency, answers }, expect: 201 })).json;
    const secret = { "X-Draft-Secret": draft.secret as string };
    for (const component of submitted) await upload(api, `/api/v1/drafts/${draft.id}/files`, component, secret);
    return (await api.post("/api/v1/dossiers", { headers: secret, body: { draft: draft.id, applicant }, expect: 201 })).json;
  }
  const reception = await staff.of(procedure.level === "commune" ? "H41.101.01" : "H41.001.01", "reception");
  const filed = await api.post("/api/v1/dossiers", {
    as: reception,
    body: {
      procedure: code,
      agency,
      channel,
      receive: true,
      answers,
      attachments: await scan(api, reception, submitted),
      shown_components: needed.filter((one: Json) => one.kind === "show").map((one: Json) => one.id as string),
      applicant,
      duplicate_confirmed: true,
    },
    expect: 201,
  });
  return filed.json;
}

// Every open task by somebody who may, the first way on each time, to the returned result.
export async function carryToTheEnd(api: Client, staff: Staff, watcher: Session, filed: Json): Promise<Json> {
  for (let step = 0; step < 40; ++step) {
    const dossier = await open(api, watcher, filed.id);
    if (dossier.status.national === 10) return dossier;
    const task = dossier.tasks[0];
    expect(task, `${filed.code} stands still at status ${dossier.status.national}`).toBeDefined();
    const officer = await staff.of(task.agency.id, task.role);
    if (task.action === "receive") await command(api, officer, filed.id, "receive", {});
    else if (task.action === "issue") await command(api, officer, filed.id, "issue-result", { task: task.id });
    else if (task.action === "return") {
      if (filed.fee?.total > 0) await command(api, await staff.of(task.agency.id, "cashier"), filed.id, "payments", { amount: filed.fee.total, method: "cash" });
      await command(api, officer, filed.id, "return", { task: task.id, method: "counter", received_by: "Người nộp" });
    } else await command(api, officer, filed.id, task.action === "approve" ? "approve" : "complete-task", { task: task.id, outcome: task.outcomes[0].value });
  }
  throw new Error(`${filed.code} does not come to its end`);
}
