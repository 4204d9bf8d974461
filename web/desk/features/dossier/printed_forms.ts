// printed_forms.ts - everything of a dossier that can be printed now, with its number.  Pure.
import type { Dossier, IssuedResult } from "@shared/schemas.ts";
import { availableDocuments, documentUrl, fileUrl, formNumbers, type DocumentName } from "./documents.ts";

export interface PrintedForm {
  key: string;
  kind: "form" | "receipt" | "refund" | "result";
  // Of a form; null for what is none of the seven.
  document: DocumentName | null;
  form: string | null;
  // The number in its series, the receipt's number, the number of the result; "" where there is none.
  number: string;
  // What the viewer beside the form calls it; null for what it does not hold.
  viewed: string | null;
  url: string;
  draft: boolean;
}

export function printedForms(dossier: Dossier): PrintedForm[] {
  const numbers = dossier.numbers ?? {};
  const numberOf: Partial<Record<DocumentName, string | undefined>> = {
    slip: numbers.slip,
    supplement: numbers.supplement,
    refusal: numbers.end,
    stop: numbers.end,
    apology: dossier.apology?.number,
    "control-slip": numbers.control,
  };
  const forms: PrintedForm[] = availableDocuments(dossier).map((document) => ({
    key: document,
    kind: "form",
    document,
    form: formNumbers[document] ?? null,
    number: numberOf[document] ?? "",
    viewed: `document:${document}`,
    url: documentUrl(dossier.id, document),
    draft: document === "apology" && dossier.apology?.state === "draft",
  }));
  const other = { document: null, form: null, draft: false };
  for (const payment of dossier.fee?.payments ?? []) {
    if (!payment.receipt) continue;
    const kind = payment.kind === "refund" ? "refund" : "receipt";
    forms.push({ ...other, key: `payment-${payment.receipt}`, kind, number: payment.receipt, viewed: null, url: documentUrl(dossier.id, `payment-${payment.receipt}`) });
  }
  const result = dossier.result as IssuedResult | null | undefined;
  if (result?.file) forms.push({ ...other, key: "result", kind: "result", number: result.number ?? "", viewed: result.file, url: fileUrl(dossier.id, result.file) });
  return forms;
}
