// tasks.ts - the parts of a filing, in order, and how far each is.  Pure.
import { isEmpty, visibleFields } from "@shared/form/answers.ts";
import type { ProcedureComponent, FormPage } from "@shared/schemas.ts";
import { hasErrors, type FilingSession } from "./session.ts";

export type TaskStatus = "not_started" | "in_progress" | "done" | "cannot_start" | "optional";

export type Task =
  | { kind: "agency"; path: string; status: TaskStatus }
  | { kind: "page"; path: string; status: TaskStatus; page: FormPage }
  | { kind: "paper"; path: string; status: TaskStatus; component: ProcedureComponent; files: number }
  | { kind: "contact"; path: string; status: TaskStatus }
  | { kind: "review"; path: string; status: TaskStatus };

export function pageStatus(session: FilingSession, page: FormPage): TaskStatus {
  const { draft } = session;
  const answered = visibleFields(page, draft.evaluation, draft.answers).some((field) => !isEmpty(draft.answers[field.id]));
  const visited = draft.visited.includes(page.id);
  if (visited && !hasErrors(session.problemsOf(page))) return "done";
  return answered || visited ? "in_progress" : "not_started";
}

// A question of the form is the form's to insist on.
export function isContactComplete(session: FilingSession): boolean {
  const { name, phone } = session.applicant;
  const asked = session.askedByForm;
  return (
    (asked.has("name") || !isEmpty(name)) && (asked.has("phone") || !isEmpty(phone)) && !isEmpty(session.draft.contact.return_method)
  );
}

// `asksAgency`: more than one agency is competent.
export function makeTasks(session: FilingSession, asksAgency: boolean): Task[] {
  const { draft } = session;
  const base = `/nop/${draft.id}`;
  const tasks: Task[] = [];
  if (asksAgency) tasks.push({ kind: "agency", path: `${base}/co-quan`, status: draft.agency ? "done" : "not_started" });
  for (const page of session.pages) {
    tasks.push({ kind: "page", path: `${base}/trang/${page.id}`, status: pageStatus(session, page), page });
  }
  for (const component of session.papers) {
    const files = session.attachmentsOf(component.id).length;
    const status = files > 0 ? "done" : component.required ? "not_started" : "optional";
    tasks.push({ kind: "paper", path: `${base}/giay-to/${encodeURIComponent(component.id)}`, status, component, files });
  }
  const visited = draft.visited.includes("contact");
  tasks.push({
    kind: "contact",
    path: `${base}/lien-he`,
    status: visited && isContactComplete(session) ? "done" : visited ? "in_progress" : "not_started",
  });
  const ready = tasks.every((task) => task.status === "done" || task.status === "optional");
  tasks.push({ kind: "review", path: `${base}/kiem-tra`, status: ready ? "not_started" : "cannot_start" });
  return tasks;
}

// Where "Tiếp tục" leads: the part after this one.
export function pathAfter(tasks: Task[], path: string): string {
  const at = tasks.findIndex((task) => task.path === path);
  return tasks[at + 1]?.path ?? tasks[tasks.length - 1]?.path ?? "/";
}

export function pathBefore(tasks: Task[], path: string, list: string): string {
  const at = tasks.findIndex((task) => task.path === path);
  return at > 0 ? (tasks[at - 1]?.path ?? list) : list;
}
