// idor_cases.ts - for every operation of the contract: a request that whoever is entitled could make,
// on an object of Thành Vinh.  An operation without a case of its own gets one from the contract.
import { randomUUID } from "node:crypto";
import { authzOf, type Authz, type Place } from "./authz.ts";
import { contract, type KnownOperation } from "./contract.ts";
import { pdf } from "./files.ts";
import { demoPassword, type Call, type Json } from "./client.ts";
import type { Receipt, World } from "./idor_world.ts";
import { versionOf } from "./officers.ts";

export interface Target {
  path: string;
  // Stands in the path or the headers; exchanged for one that never existed.
  id?: string;
  place: Place;
  body?: unknown;
  raw?: Buffer;
  headers?: Record<string, string>;
  secret?: Record<string, string>;
  foreignSecret?: Record<string, string>;
  // What whoever may not see the object must not find in the answer ...
  reveals?: string;
  // ... and whoever may see it finds there.
  shows?: boolean;
}
export interface Case {
  name: string;
  make: (world: World) => Promise<Target>;
  authz?: Partial<Authz>;
  // Each caller signs in anew for it: it ends his session.
  endsSession?: boolean;
  // There is no such object in this world: whoever is entitled is told so.
  absent?: boolean;
  // What whoever is entitled is answered where it is not done: "200", "409 no-pause", each exactly.
  answers?: string[];
}
type Cases = Record<string, Case | Case[]>;

const agency = "H41.101";
const atOffice: Place = { named: agency };
const exam = { agency, role: "specialist" };
const mine = { ...exam, holder: "cb-specialist.self" };
const counter = { agency: `${agency}.01`, role: "reception" };
const reason = "Theo đề nghị của người nộp hồ sơ";
const code = "1.004873";

const fixed = (path: string, more: Partial<Target> = {}): Case => ({ name: "", make: () => Promise.resolve({ path, place: atOffice, ...more }) });

function onDossier(stage: "filed" | "received" | "held" | "signing" | "issuing" | "handing" | "waiting", rest: string, body?: unknown, more: Partial<Case> = {}): Case {
  const tasks = { filed: counter, received: exam, held: mine, signing: { agency, role: "leader" }, issuing: { agency, role: "clerk" }, handing: counter, waiting: mine };
  return {
    name: stage,
    make: async (world) => {
      const receipt = await world[stage]();
      const named = body && typeof body === "object" && "task" in body;
      const task = named ? await world.task(receipt.id) : undefined;
      const filled = task && { ...(body as object), task: task.id as string, ...("outcome" in (body as object) && { outcome: task.outcomes[0].value as string }) };
      return {
        path: `/api/v1/dossiers/${receipt.id}${rest}`,
        id: receipt.id,
        place: world.place(tasks[stage].agency, tasks[stage]),
        ...(body !== undefined && { body: filled ?? body }),
      };
    },
    ...more,
  };
}

function onReceipt(stage: "held" | "handing" | "waiting", rest: string, more: Partial<Target> = {}): Case {
  return {
    name: stage,
    make: async (world) => {
      const [receipt, other] = [await world[stage](), await world.held()];
      return {
        path: `/api/v1/tracking${rest}`,
        id: receipt.code,
        place: { applicant: world.applicant },
        headers: { "X-Dossier-Code": receipt.code, ...more.headers },
        secret: { "X-Receipt-Secret": receipt.secret },
        foreignSecret: { "X-Receipt-Secret": other.secret },
        ...(more.body !== undefined && { body: more.body }),
        ...(more.raw && { raw: more.raw }),
      };
    },
  };
}

function onDraft(rest: string, more: Partial<Target> = {}): Case {
  return {
    name: "",
    make: async (world) => {
      const [draft, other] = [await world.draft(), await world.draft()];
      return {
        path: `/api/v1/drafts/${draft.id}${rest}`,
        id: draft.id,
        place: {},
        secret: { "X-Draft-Secret": draft.secret },
        foreignSecret: { "X-Draft-Secret": other.secret },
        ...more,
      };
    },
  };
}

// All its bytes are there.
async function whole(world: World, id: string, call: Call): Promise<void> {
  const headers = { ...call.headers, "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream" };
  await world.api.call("PATCH", `/api/v1/uploads/${id}`, { ...call, headers, raw: pdf("x"), expect: 204 });
}

const onUpload = (rest: string, more: Partial<Target> = {}): Case[] => [
  {
    name: "an officer's",
    make: async (world) => {
      const id = await world.begun();
      if (rest) await whole(world, id, { as: world.as("specialist") });
      return { path: `/api/v1/uploads/${id}${rest}`, id, place: { owner: "cb-specialist.self" }, ...more };
    },
    authz: { caller: ["officer"] },
  },
  {
    name: "a draft's",
    make: async (world) => {
      const [draft, other] = [await world.draft(), await world.draft()];
      const component = await componentOf(world);
      const begun = await world.api.post(`/api/v1/drafts/${draft.id}/uploads`, {
        headers: { "X-Draft-Secret": draft.secret, ...uploadHeaders(component) },
        expect: 201,
      });
      if (rest) await whole(world, begun.json.id as string, { headers: { "X-Draft-Secret": draft.secret } });
      return {
        path: `/api/v1/uploads/${begun.json.id}${rest}`,
        id: begun.json.id,
        place: {},
        secret: { "X-Draft-Secret": draft.secret },
        foreignSecret: { "X-Draft-Secret": other.secret },
        ...more,
      };
    },
  },
  {
    name: "a receipt's",
    make: async (world) => {
      const component = await componentOf(world);
      const target = await onReceipt("waiting", "").make(world);
      const headers = { ...target.headers, ...target.secret };
      const begun = await world.api.post("/api/v1/tracking/uploads", { headers: { ...headers, ...uploadHeaders(component) }, expect: 201 });
      if (rest) await whole(world, begun.json.id as string, { headers });
      return { ...target, path: `/api/v1/uploads/${begun.json.id}${rest}`, id: begun.json.id, ...more, headers: { ...target.headers, ...more.headers } };
    },
    authz: { caller: ["receipt", "citizen"] },
  },
];

const base64 = (text: string) => Buffer.from(text).toString("base64");
const uploadHeaders = (component: string) => ({
  "Upload-Length": String(pdf("x").length),
  "Upload-Metadata": `filename ${base64("a.pdf")},component ${base64(component)}`,
});
const fileHeaders = (component: string) => ({ "X-Component": component, "X-File-Name": "a.pdf" });
let known = "";
async function componentOf(world: World): Promise<string> {
  if (!known) known = (await world.api.get(`/api/v1/procedures/${code}`, { expect: 200 })).json.components[0].id as string;
  return known;
}
const withComponent = (one: Case, headers: (component: string) => Record<string, string>): Case => ({
  ...one,
  make: async (world) => {
    const target = await one.make(world);
    return { ...target, headers: { ...target.headers, ...headers(await componentOf(world)) } };
  },
});
const withFile = (one: Case): Case => ({ ...one, name: "", make: async (world) => ({ ...(await one.make(world)), raw: pdf("x") }) });
// A list that must leave the dossier out for those who may not see it.
const listing = (path: (receipt: { code: string }) => string, shows = false): Case => ({
  name: "",
  make: async (world) => {
    const receipt = await world.held();
    return { path: path(receipt), place: world.place(agency, mine), reveals: receipt.code, shows };
  },
});
const onTransport = (state: "waiting" | "on the way", at: string | string[], path: (receipt: Receipt) => string, body: (receipt: Receipt) => object): Case => ({
  name: state,
  make: async (world) => {
    const receipt = await world.carried(state);
    return { path: path(receipt), id: receipt.id, place: world.carriedPlace(at), body: body(receipt) };
  },
});
const [sender, taker] = ["H41.102.01", `${agency}.01`];
const onGrant = (rest: string, more: Partial<Case> & { body?: object } = {}): Case => ({
  name: "",
  make: async (world) => {
    const id = await world.grant();
    return { path: `/api/v1/authority/${id}${rest}`, id, place: { named: [agency] }, ...(more.body && { body: more.body }) };
  },
  ...more,
});
const officerForm = { username: "", name: "Lê Thị Mới", agency, title: "Chuyên viên", roles: ["specialist"] };

export const cases: Cases = {
  evaluate_answers: fixed(`/api/v1/procedures/${code}/evaluation`, { body: { answers: {} } }),
  get_procedure: fixed(`/api/v1/procedures/${code}`),
  // Nothing is signed before ten seconds are over: 404, to everybody alike.
  journal_checkpoint: { ...fixed("/api/v1/journal/checkpoint"), absent: true },
  sign_in: fixed("/api/v1/session", { body: {} }),
  sign_out: { ...fixed("/api/v1/session"), endsSession: true },
  change_password: fixed("/api/v1/session/password", { body: { current: demoPassword, new: "ngắn" } }),
  create_first_administrator: fixed("/api/v1/setup", { body: { token: "x", username: "x", password: "x", name: "x" } }),
  explain_competence: fixed(`/api/v1/competence?place=16681&procedure=${code}`),
  create_draft: fixed("/api/v1/drafts", { body: { procedure: code } }),
  get_draft: onDraft(""),
  save_draft: onDraft("", { body: { answers: {} } }),
  delete_draft: onDraft(""),
  upload_draft_file: withComponent(onDraft("/files", { raw: pdf("x") }), fileHeaders),
  begin_draft_upload: withComponent(onDraft("/uploads"), uploadHeaders),
  delete_draft_file: {
    name: "",
    make: async (world) => {
      const target = await onDraft("").make(world);
      const headers = { ...target.secret, ...fileHeaders(await componentOf(world)) };
      const file = await world.api.post(`${target.path}/files`, { raw: pdf("x"), headers, expect: 201 });
      return { ...target, path: `${target.path}/files/${file.json.id}` };
    },
  },
  get_upload: onUpload(""),
  append_to_upload: onUpload("", { raw: pdf("x"), headers: { "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream" } }),
  finish_upload: onUpload("/finish"),
  drop_upload: onUpload(""),
  begin_upload: fixed("/api/v1/uploads", { headers: uploadHeaders("ban_sao") }),
  upload_file: fixed("/api/v1/files", { raw: pdf("x"), headers: fileHeaders("ban_sao") }),
  file_dossier: [
    {
      name: "from a draft",
      make: async (world) => {
        const target = await onDraft("").make(world);
        return { ...target, path: "/api/v1/dossiers", body: { draft: target.id } };
      },
      authz: { caller: ["draft"] },
    },
    {
      name: "at the counter",
      make: () => Promise.resolve({ path: "/api/v1/dossiers", place: { named: [`${agency}.01`, "H41.102.01"] } }),
      authz: { caller: ["officer"], reach: "everyone", foreign: "refused" },
    },
  ],
  search_dossiers: listing((receipt) => `/api/v1/dossiers?q=${receipt.code}`, true),
  export_dossiers_csv: listing(() => "/api/v1/dossiers/export.csv"),
  list_my_dossiers: listing(() => "/api/v1/me/dossiers", true),
  inbox: listing(() => "/api/v1/inbox?limit=100"),
  find_duplicates: fixed(`/api/v1/dossiers/duplicates?procedure=${code}`),
  get_dossier: onDossier("held", ""),
  list_accesses: onDossier("held", "/accesses"),
  get_dossier_proof: onDossier("held", "/proof"),
  print_document: onDossier("held", "/documents/slip"),
  get_dossier_file: {
    name: "",
    make: async (world) => {
      const { receipt, file } = await world.file();
      return { path: `/api/v1/dossiers/${receipt.id}/files/${file}`, id: receipt.id, place: world.place(agency, mine) };
    },
  },
  export_organisation_csv: fixed("/api/v1/organisation/export.csv?table=agencies"),
  export_organisation_xlsx: fixed("/api/v1/organisation/export.xlsx?table=agencies"),
  find_person_posts: { ...fixed("/api/v1/organisation/people/find", { body: { identity: "040090000099" } }), absent: true },
  open_original_file: {
    name: "",
    make: async (world) => {
      const { receipt, file } = await world.picture();
      return { path: `/api/v1/dossiers/${receipt.id}/files/${file}/original`, id: receipt.id, place: world.place(agency, mine), body: { reason } };
    },
  },
  list_transports: [
    { ...fixed("/api/v1/transports?side=out"), name: "out" },
    { ...fixed("/api/v1/transports?side=in"), name: "in" },
  ],
  hand_over: onTransport("waiting", sender, () => "/api/v1/transports/hand-over", (one) => ({ items: [{ dossier: one.id, transport: 1 }], carrier: "Bưu điện" })),
  take_over: onTransport("on the way", taker, () => "/api/v1/transports/take-over", (one) => ({ items: [{ dossier: one.id, transport: 1 }] })),
  close_transport: onTransport("waiting", [sender, taker], (one) => `/api/v1/dossiers/${one.id}/close-transport`, () => ({ transport: 1, reason })),
  get_authority: onGrant(""),
  revoke_authority: onGrant("/revocation", {
    body: { decision: { number: "46/QĐ-UBND", issuer: "Chủ tịch UBND phường", issued_on: "2020-01-03", title: "Thu hồi" } },
    authz: { action: ["manage_officers"], at: "named" },
  }),
  explain_may: fixed("/api/v1/may?action=approve"),
  look_up_person: {
    name: "",
    make: (world) => Promise.resolve({ path: "/api/v1/persons/lookup", place: {}, body: { identifier: world.applicant } }),
  },
  citizen_sign_out: { ...fixed("/api/v1/me/session"), endsSession: true },
  begin_sign_in: fixed("/api/v1/sign-in/sso"),
  unlock_session: { ...fixed("/api/v1/session/unlock", { body: { password: demoPassword } }), endsSession: true },
  give_second_factor: { ...fixed("/api/v1/session/second-factor", { body: { password: demoPassword } }), endsSession: true },
  receive: onDossier("filed", "/receive", {}),
  refuse: onDossier("filed", "/refuse", { reason }),
  request_supplement: onDossier("held", "/request-supplement", { items: [{ what: "Giấy chứng tử" }], reason }),
  supplement: onDossier("waiting", "/supplement", { note: "Đã nộp", answers: {} }),
  complete_task: onDossier("held", "/complete-task", { task: "", outcome: "approve" }, { authz: { action: ["complete_task"] } }),
  approve: onDossier("signing", "/approve", { task: "", outcome: "approve" }, { authz: { action: ["approve"] } }),
  assign: [
    onDossier("received", "/assign", { task: "", officer: "me" }, { name: "to oneself", authz: { action: ["claim_task"] } }),
    onDossier("held", "/assign", { task: "", officer: "cb-specialist.same-unit", reason }, { name: "to another", authz: { action: ["assign_task"] } }),
  ],
  recall: onDossier("signing", "/recall", { reason }),
  send_back: onDossier("held", "/send-back", { task: "", reason }),
  correct: onDossier("held", "/correct", { field: "purpose", value: "marriage", reason }),
  issue_result: onDossier("issuing", "/issue-result", { task: "" }),
  return_result: onDossier("handing", "/return", { task: "", method: "counter", received_by: "Người nộp" }),
  withdraw: onDossier("held", "/withdraw", { reason }),
  stop: onDossier("held", "/stop", { reason }),
  pause_clock: onDossier("held", "/pause", { cause: "other", basis: "Điều 1", expected_until: "2030-01-01" }),
  resume_clock: onDossier("held", "/resume", {}),
  draft_apology: onDossier("held", "/apology", { reason, new_due_on: "2030-01-01" }),
  sign_apology: onDossier("held", "/sign-apology", {}),
  answer_escalation: onDossier("held", "/answer-escalation", { note: reason }),
  erase_content: onDossier("handing", "/erase", { basis: "Hết thời hạn lưu" }, { authz: { at: "lead" } }),
  record_payment: onDossier("held", "/payments", { amount: 1000, method: "cash" }),
  record_refund: onDossier("held", "/refunds", { receipt: "không-có", amount: 1000, reason }),
  upload_dossier_file: withComponent(withFile(onDossier("held", "/files")), fileHeaders),
  begin_dossier_upload: withComponent(onDossier("held", "/uploads"), uploadHeaders),
  track: onReceipt("held", ""),
  track_status: { name: "", make: async (world) => ({ path: "/api/v1/tracking/status", ...(await world.lost()) }) },
  track_change_return: onReceipt("held", "/change-return", { body: {} }),
  track_receipt: onReceipt("held", "/receipt.pdf"),
  track_result: onReceipt("handing", "/result.pdf"),
  track_apology: onReceipt("held", "/apology.pdf"),
  track_qr: onReceipt("held", "/qr.svg"),
  track_proof: onReceipt("held", "/proof"),
  begin_tracking_upload: withComponent(onReceipt("waiting", "/uploads"), uploadHeaders),
  track_upload: withComponent(onReceipt("waiting", "/files", { raw: pdf("x") }), fileHeaders),
  track_supplement: onReceipt("waiting", "/supplement", { body: { note: "Đã nộp" } }),
  track_withdraw: onReceipt("held", "/withdraw", { body: { reason } }),
  track_rating: onReceipt("held", "/rating", { body: { score: 5 } }),
  read_id_card: fixed("/api/v1/intake/id-card", { body: { payload: "x" } }),
  get_calendar: fixed("/api/v1/calendars/H41"),
  get_calendar_version: { ...fixed("/api/v1/calendars/H41/versions/1"), absent: true },
  get_calendar_year: fixed("/api/v1/calendars/H41/years/2026"),
  change_calendar: fixed(`/api/v1/calendars/${agency}`, { body: { schedule: { office: agency, hours: [], closed_days: [], extra_days: [] }, reason } }),
  recompute_due_dates: fixed(`/api/v1/calendars/${agency}/recompute`, { body: { reason } }),
  preview_calendar: fixed(`/api/v1/calendars/${agency}/preview`, { body: {} }),
  list_follow_up_books: fixed(`/api/v1/follow-up-books?agency=${agency}`),
  get_follow_up_book: fixed(`/api/v1/follow-up-book?agency=${agency}&book=HT&year=2026`),
  print_follow_up_book: fixed(`/api/v1/follow-up-book.pdf?agency=${agency}&book=HT&year=2026`),
  export_follow_up_book: fixed(`/api/v1/follow-up-book.xlsx?agency=${agency}&book=HT&year=2026`),
  create_officer: { name: "", make: () => Promise.resolve({ path: "/api/v1/officers", body: { ...officerForm, username: `moi.${randomUUID().slice(0, 8)}` }, place: atOffice }) },
  update_officer: {
    name: "",
    make: async (world) => {
      const id = "cb-clerk.same-unit";
      const version = await versionOf(world.api, await world.api.signIn("quantri"), id);
      return { path: `/api/v1/officers/${id}`, place: atOffice, id, body: { ...officerForm, version, roles: ["clerk"] } };
    },
  },
  reset_password: fixed("/api/v1/officers/demo-vanthu.thanhvinh/password", { id: "demo-vanthu.thanhvinh" }),
  try_deliveries_again: fixed("/api/v1/deliveries/try-again", { body: {} }),
  give_up_deliveries: { ...fixed("/api/v1/deliveries/give-up", { body: { items: [999_999], reason } }), absent: true },
  list_revisions: fixed(`/api/v1/procedures/${code}/revisions`),
  compare_revisions: fixed(`/api/v1/procedures/${code}/difference`),
  get_proposal: { ...fixed("/api/v1/proposals/none"), absent: true },
  approve_proposal: { ...fixed("/api/v1/proposals/none/approval", { body: {} }), absent: true },
  decline_proposal: { ...fixed("/api/v1/proposals/none/refusal", { body: { reason } }), absent: true },
  decide_catalogue_finding: { ...fixed("/api/v1/catalogue/findings/decision", { body: { finding: "none", accept: true } }), absent: true },
  get_catalogue_entry: { ...fixed(`/api/v1/catalogue/entries/${code}`), absent: true },
  reconcile_catalogue: fixed(`/api/v1/catalogue/reconciliation?agency=${agency}`),
  export_reconciliation_csv: fixed(`/api/v1/catalogue/reconciliation.csv?agency=${agency}`),
  export_reconciliation_xlsx: fixed(`/api/v1/catalogue/reconciliation.xlsx?agency=${agency}`),
};

// The counter files with answers of its own each time.
cases["file_dossier"] = (cases["file_dossier"] as Case[]).map((one) =>
  one.name !== "at the counter" ? one : { ...one, make: async (world) => ({ ...(await one.make(world)), body: await world.counterFiling() }) },
);

// Where whoever is entitled is not simply obeyed: what he is told instead.
const told = (...answers: string[]): Partial<Case> => ({ answers });
const foreseen: Record<string, Partial<Case>> = {
  add_passkey: told("422 member-wrong-type"),
  answer_escalation: told("409 nothing-escalated"),
  apply_organisation_import: told("422 table-unknown"),
  change_calendar: told("422 calendar-not-valid"),
  change_return: told("422 nothing-changed"),
  change_password: told("422 password-not-accepted"),
  confirm_totp: told("422 wrong-second-factor"),
  correct: told("422 value-not-accepted"),
  draft_apology: told("409 new-date-not-later"),
  erase_content: told("409 not-closed-yet"),
  // Signed heads come every ten seconds.
  foresee_coverage: told("422 officer-unknown"),
  get_dossier_proof: told("200", "409 proof-pending"),
  track_proof: told("200", "409 proof-pending"),
  name_duty_holder: told("422 duty-holder-not-fit"),
  pause_clock: told("409 pause-without-end"),
  plan_merger: told("422 organisation-not-valid"),
  preview_organisation_import: told("422 table-unknown"),
  publish_competence_table: told("422 competence-not-consistent"),
  read_id_card: told("422 id-card-unreadable"),
  // Back to whom it came from; others have passed nothing on.
  recall: told("200", "409 not-yours"),
  record_authority: told("422 authority-not-valid"),
  record_refund: told("422 unknown-receipt"),
  record_representation: told("422 representation-incomplete"),
  register_organisation_change: told("412 preview-outdated"),
  rescan_files: told("409 no-scanner"),
  resume_clock: told("409 clock-not-paused"),
  return_result: told("409 fee-outstanding"),
  sign_apology: told("422 reason-missing"),
  sign_in: told("422 member-missing"),
  track_apology: told("409 document-not-there-yet"),
  track_change_return: told("422 nothing-changed"),
  track_rating: told("409 not-rateable-yet"),
};

// The least that a schema asks for.
function sample(schema: Json, depth = 0): Json {
  if (schema?.$ref) return sample((schema.$ref as string).split("/").slice(1).reduce((at: Json, key) => at[key], contract as Json), depth);
  if (schema?.allOf) return Object.assign({}, ...schema.allOf.map((one: Json) => sample(one, depth)));
  if (schema?.enum) return schema.enum[0];
  if (schema?.type === "object") return Object.fromEntries(((schema.required as string[]) ?? []).map((name) => [name, sample(schema.properties?.[name], depth + 1)]));
  if (schema?.type === "array") return schema.minItems && depth < 5 ? [sample(schema.items, depth + 1)] : [];
  if (schema?.type === "integer" || schema?.type === "number") return schema.minimum ?? 1;
  if (schema?.type === "boolean") return false;
  if (schema?.format === "date") return "2026-08-20";
  return "x".repeat(Math.max(schema?.minLength ?? 0, 5));
}

export function casesOf(one: KnownOperation): Case[] {
  const given = cases[one.id];
  if (given) return [given].flat().map((each) => ({ ...foreseen[one.id], ...each }));
  const authz = authzOf(one);
  const body = (one.operation as Json).requestBody?.content?.["application/json"]?.schema;
  const rest = one.path.replace("/api/v1/dossiers/{id}", "");
  if (authz.object === "dossier" && one.path.startsWith("/api/v1/dossiers/{id}")) {
    return [{ ...onDossier("held", rest.replace(/\{[^}]+\}/g, "x"), body && sample(body)), ...foreseen[one.id] }];
  }
  // Whatever it does to sessions and factors, it does to one made for it.
  const endsSession = one.method !== "GET" && /^\/api\/v1\/(sessions?|security)\b/.test(one.path);
  const path = (authz.object === "agency" ? one.path.replace(/\{(id|agency)\}/, agency) : one.path).replace("{office}", agency).replace("{code}", code).replace(/\{[^}]+\}/g, "none");
  return [{ ...fixed(path, body ? { body: sample(body) } : {}), absent: path.includes("none") || endsSession, endsSession, ...foreseen[one.id] }];
}
