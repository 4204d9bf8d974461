// commands.ts - what an officer does to a dossier: the name of the action and where it goes.
import type { Path } from "@shared/api/client.ts";
import type { CommandResult } from "@shared/schemas.ts";
import { client } from "./client.ts";

export const commandPaths = {
  receive: "/api/v1/dossiers/{id}/receive",
  refuse: "/api/v1/dossiers/{id}/refuse",
  request_supplement: "/api/v1/dossiers/{id}/request-supplement",
  supplement: "/api/v1/dossiers/{id}/supplement",
  claim: "/api/v1/dossiers/{id}/assign",
  complete_task: "/api/v1/dossiers/{id}/complete-task",
  approve: "/api/v1/dossiers/{id}/approve",
  send_back: "/api/v1/dossiers/{id}/send-back",
  assign: "/api/v1/dossiers/{id}/assign",
  recall: "/api/v1/dossiers/{id}/recall",
  correct: "/api/v1/dossiers/{id}/correct",
  issue_result: "/api/v1/dossiers/{id}/issue-result",
  return: "/api/v1/dossiers/{id}/return",
  withdraw: "/api/v1/dossiers/{id}/withdraw",
  stop: "/api/v1/dossiers/{id}/stop",
  record_payment: "/api/v1/dossiers/{id}/payments",
  record_refund: "/api/v1/dossiers/{id}/refunds",
  pause: "/api/v1/dossiers/{id}/pause",
  resume: "/api/v1/dossiers/{id}/resume",
  draft_apology: "/api/v1/dossiers/{id}/apology",
  sign_apology: "/api/v1/dossiers/{id}/sign-apology",
  answer_escalation: "/api/v1/dossiers/{id}/answer-escalation",
  change_return: "/api/v1/dossiers/{id}/change-return",
  close_transport: "/api/v1/dossiers/{id}/close-transport",
} as const satisfies Record<string, Path>;

export type ActionName = keyof typeof commandPaths;

// The server may name an action by its operation or by the last part of its path.
const otherNames: Record<string, ActionName> = {
  return_result: "return",
  payments: "record_payment",
  payment: "record_payment",
  refunds: "record_refund",
  refund: "record_refund",
  issue: "issue_result",
  apology: "draft_apology",
};

export function actionNamed(sent: string): ActionName | null {
  const name = sent.replaceAll("-", "_");
  if (name in commandPaths) return name as ActionName;
  return otherNames[name] ?? null;
}

export interface Command {
  id: string;
  version: number;
  action: ActionName;
  body: unknown;
  // Of the intent: the same when the same thing is sent again after a cut line.
  key: string;
}

export const sendCommand = (command: Command): Promise<CommandResult> =>
  client.post<CommandResult>(commandPaths[command.action], {
    path: { id: command.id },
    version: command.version,
    body: command.body,
    key: command.key,
  });
