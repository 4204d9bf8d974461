// receipts.ts - the codes of dossiers that this device remembers, so that a citizen does not lose them.
//
// After filing on this device they are kept at once (a lost secret is a trip to the office); a dossier
// that was only tracked is kept when the person asks for it.  Both can be removed.
import type { Filed, Text } from "@shared/schemas.ts";
import { keysWith, readValue, remove, writeValue } from "./storage.ts";

const prefix = "motcua.receipt.";

export interface Receipt {
  code: string;
  secret: string;
  procedure: Text;
  keptAt: string;
  // What the confirmation page shows; absent when the dossier was only tracked.
  filed?: Filed;
  agency?: Text;
  phone?: string;
  email?: string;
}

// One dossier of this visit that is not to be kept on the device any more.
const visit = new Map<string, Receipt>();

export function keepReceipt(receipt: Receipt): void {
  visit.set(receipt.code, receipt);
  writeValue(prefix + receipt.code, receipt);
}

export function findReceipt(code: string): Receipt | null {
  return readValue<Receipt>(prefix + code) ?? visit.get(code) ?? null;
}

export const isReceiptKept = (code: string): boolean => readValue<Receipt>(prefix + code) !== null;

// Removes it from the device; the open page still has it.
export function forgetReceipt(code: string): void {
  const receipt = readValue<Receipt>(prefix + code);
  if (receipt) visit.set(code, receipt);
  remove(prefix + code);
}

// Newest first.
export function listReceipts(): Receipt[] {
  return keysWith(prefix)
    .map((key) => readValue<Receipt>(key))
    .filter((receipt): receipt is Receipt => receipt !== null)
    .sort((a, b) => b.keptAt.localeCompare(a.keptAt));
}
