// intent.ts - one thing a person wants to happen, once.
//
// The key is made when the person decides, not when a request is sent: a request that is repeated
// because an answer was lost carries the same key, and the server gives the first answer again.

// 128 random bits.  Not crypto.randomUUID, which browsers hide from pages served without TLS.
export function newIntentKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
