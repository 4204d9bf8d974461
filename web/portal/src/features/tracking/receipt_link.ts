// receipt_link.ts - the two codes of a receipt, out of a QR link or out of what a person types.
import type { ReceiptKey } from "../../api.ts";

// "#H41.101-261122-0001.ABCDEFGHJK": the secret holds no dot, the code may.
export function readReceiptFragment(fragment: string): ReceiptKey | null {
  let text = fragment.replace(/^#/, "");
  try {
    text = decodeURIComponent(text);
  } catch {
    return null;
  }
  const dot = text.lastIndexOf(".");
  if (dot <= 0) return null;
  const code = cleanCode(text.slice(0, dot));
  const secret = cleanSecret(text.slice(dot + 1));
  return /^[A-Z0-9]+(\.[A-Z0-9]+)*-\d{6}-[A-Z0-9]+$/.test(code) && /^[A-Z0-9]{6,40}$/.test(secret) ? { code, secret } : null;
}

// People type lower case, spaces, and the long dashes that phones make of two short ones.
export const cleanCode = (typed: string): string => typed.replace(/[‐‑‒–—−]/g, "-").replace(/\s+/g, "").toUpperCase();

// The groups on the receipt may be typed with their gaps.
export const cleanSecret = (typed: string): string => typed.replace(/[\s\-‐‑‒–—−]+/g, "").toUpperCase();
