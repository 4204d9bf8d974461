// payment.ts - what is sent for money taken or given back.  Pure.
import { formatMoney } from "@shared/format.ts";
import type { Dossier } from "@shared/schemas.ts";
import type { Texts } from "../../../i18n/vi.ts";
import { shortestReason, type Prepared } from "./action_props.ts";

export type PaymentMethod = "cash" | "transfer";

export interface PaymentDraft {
  amount: number;
  method: PaymentMethod;
  reference: string;
  reason: string;
}

interface PaymentBody {
  amount: number;
  method: PaymentMethod;
  reference?: string;
  reason?: string;
}

export function preparePayment(draft: PaymentDraft, outstanding: number, t: Texts): Prepared<PaymentBody> {
  const words = t.actions.payment;
  if (!Number.isInteger(draft.amount) || draft.amount < 1) return { problem: words.amountInvalid };
  if (draft.method === "transfer" && draft.reference.trim() === "") return { problem: words.referenceMissing };
  if (draft.amount > outstanding && draft.reason.trim().length < shortestReason) {
    return { problem: words.tooMuch(formatMoney(outstanding)) };
  }
  const body: PaymentBody = { amount: draft.amount, method: draft.method };
  if (draft.reference.trim() !== "") body.reference = draft.reference.trim();
  if (draft.reason.trim() !== "") body.reason = draft.reason.trim();
  return { body };
}

export interface Refundable {
  receipt: string;
  amount: number;
}

// Receipts with what may still be given back, never more than what has been paid in all.  A refund
// names its receipt in `reference`; where it does not, the server still knows.
export function refundable(dossier: Dossier): Refundable[] {
  const payments = dossier.fee?.payments ?? [];
  const paid = dossier.fee?.paid ?? 0;
  return payments
    .filter((payment) => payment.kind === "payment" && payment.receipt !== undefined)
    .map((payment) => {
      const returned = payments
        .filter((other) => other.kind === "refund" && other.reference === payment.receipt)
        .reduce((sum, other) => sum + other.amount, 0);
      return { receipt: payment.receipt ?? "", amount: Math.min(payment.amount - returned, paid) };
    })
    .filter((each) => each.amount > 0);
}

interface RefundBody {
  receipt: string;
  amount: number;
  reason: string;
}

export function prepareRefund(chosen: Refundable | undefined, amount: number, reason: string, t: Texts): Prepared<RefundBody> {
  if (!chosen) return { problem: t.actions.refund.chooseReceipt };
  if (!Number.isInteger(amount) || amount < 1) return { problem: t.actions.payment.amountInvalid };
  if (amount > chosen.amount) return { problem: t.actions.refund.tooMuch };
  const told = reason.trim();
  return told.length < shortestReason ? { problem: t.common.reasonTooShort } : { body: { receipt: chosen.receipt, amount, reason: told } };
}
