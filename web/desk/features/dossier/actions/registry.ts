// registry.ts - every action of a dossier: its form, where it stands, whether the dossier moves on.
import type { ComponentType } from "react";
import type { Dossier, Text } from "@shared/schemas.ts";
import { actionNamed, type ActionName } from "../../../api/commands.ts";
import type { ActionProps } from "./action_props.ts";
import { AnswerEscalation } from "./answer_escalation.tsx";
import { Approve } from "./approve.tsx";
import { Assign } from "./assign.tsx";
import { ChangeReturn } from "./change_return.tsx";
import { Claim } from "./claim.tsx";
import { CloseTransport } from "./close_transport.tsx";
import { CompleteTask } from "./complete_task.tsx";
import { Correct } from "./correct.tsx";
import { DraftApology } from "./draft_apology.tsx";
import { IssueResult } from "./issue_result.tsx";
import { Pause } from "./pause.tsx";
import { Recall } from "./recall.tsx";
import { Receive } from "./receive.tsx";
import { RecordPayment } from "./record_payment.tsx";
import { RecordRefund } from "./record_refund.tsx";
import { Refuse } from "./refuse.tsx";
import { RequestSupplement } from "./request_supplement.tsx";
import { Resume } from "./resume.tsx";
import { ReturnResult } from "./return_result.tsx";
import { SendBack } from "./send_back.tsx";
import { SignApology } from "./sign_apology.tsx";
import { Stop } from "./stop.tsx";
import { Supplement } from "./supplement.tsx";
import { Withdraw } from "./withdraw.tsx";

interface ActionEntry {
  form: ComponentType<ActionProps>;
  // main: the next thing to do; beside: often needed; menu: seldom.
  place: "main" | "beside" | "menu";
  // After it there is usually nothing more to do here for this officer.
  movesOn: boolean;
}

// In the order in which they are shown.
export const registry: Record<ActionName, ActionEntry> = {
  receive: { form: Receive, place: "main", movesOn: false },
  approve: { form: Approve, place: "main", movesOn: true },
  complete_task: { form: CompleteTask, place: "main", movesOn: true },
  issue_result: { form: IssueResult, place: "main", movesOn: true },
  return: { form: ReturnResult, place: "main", movesOn: true },
  supplement: { form: Supplement, place: "main", movesOn: false },
  sign_apology: { form: SignApology, place: "main", movesOn: true },
  answer_escalation: { form: AnswerEscalation, place: "main", movesOn: true },
  resume: { form: Resume, place: "main", movesOn: false },
  claim: { form: Claim, place: "beside", movesOn: false },
  refuse: { form: Refuse, place: "beside", movesOn: true },
  request_supplement: { form: RequestSupplement, place: "beside", movesOn: true },
  send_back: { form: SendBack, place: "beside", movesOn: true },
  assign: { form: Assign, place: "beside", movesOn: false },
  draft_apology: { form: DraftApology, place: "beside", movesOn: true },
  record_payment: { form: RecordPayment, place: "beside", movesOn: false },
  pause: { form: Pause, place: "menu", movesOn: true },
  correct: { form: Correct, place: "menu", movesOn: false },
  recall: { form: Recall, place: "menu", movesOn: false },
  record_refund: { form: RecordRefund, place: "menu", movesOn: false },
  change_return: { form: ChangeReturn, place: "menu", movesOn: false },
  close_transport: { form: CloseTransport, place: "menu", movesOn: false },
  withdraw: { form: Withdraw, place: "menu", movesOn: true },
  stop: { form: Stop, place: "menu", movesOn: true },
};

export interface OfferedAction {
  name: ActionName;
  task: string | undefined;
  allowed: boolean;
  reason: Text | null;
  // By which record it is allowed, where that is not the post.
  basis?: unknown;
}

export const keyOf = (action: Pick<OfferedAction, "name" | "task">): string => `${action.name}:${action.task ?? ""}`;

// What the server offers, in the order of the registry; what this desk does not know is left out.
export function offeredActions(dossier: Dossier): OfferedAction[] {
  const order = Object.keys(registry);
  return dossier.actions
    .flatMap((sent) => {
      const name = actionNamed(sent.action);
      return name === null ? [] : [{ name, task: sent.task && sent.task !== "0" ? sent.task : undefined, allowed: sent.allowed, reason: sent.reason ?? null, basis: sent.basis ?? null }];
    })
    .sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
}
