// receipt_link.ts - the two codes of a receipt, out of a QR link or out of what a person types.
import type { ReceiptKey } from "../../api.ts";

// What the QR code of a receipt says.
export interface ReceiptLink {
  receipt: ReceiptKey;
  // Of the leaf that records the filing, or its beginning: base64url without padding.  Receipts printed
  // before there was a journal have none.
  leafHash: string | null;
}

// "#H41.101-261122-0001.ABCDEFGHJK" or "#H41.101-261122-0001.ABCDEFGHJK.NdQx5p...": the code may hold
// dots, the others do not.
const linked = /^(.+-\d{6}-[A-Z0-9]+)\.([^.]+)(?:\.([A-Za-z0-9_-]{22,43}))?$/i;

export function readReceiptLink(fragment: string): ReceiptLink | null {
  let text = fragment.replace(/^#/, "");
  if (text.length > 300) return null;
  try {
    text = decodeURIComponent(text);
  } catch {
    return null;
  }
  const [, codeText = "", secretText = "", leafHash = null] = linked.exec(text.replace(/[‐‑‒–—−]/g, "-").replace(/\s+/g, "")) ?? [];
  const code = cleanCode(codeText);
  const secret = cleanSecret(secretText);
  const valid = /^[A-Z0-9]+(\.[A-Z0-9]+)*-\d{6}-[A-Z0-9]+$/.test(code) && /^[A-Z0-9]{6,40}$/.test(secret);
  return valid ? { receipt: { code, secret }, leafHash: leafHash ?? null } : null;
}

export const readReceiptFragment = (fragment: string): ReceiptKey | null => readReceiptLink(fragment)?.receipt ?? null;

// People type lower case, spaces, and the long dashes that phones make of two short ones.
export const cleanCode = (typed: string): string => typed.replace(/[‐‑‒–—−]/g, "-").replace(/\s+/g, "").toUpperCase();

// The groups on the receipt may be typed with their gaps.
export const cleanSecret = (typed: string): string => typed.replace(/[\s\-‐‑‒–—−]+/g, "").toUpperCase();
