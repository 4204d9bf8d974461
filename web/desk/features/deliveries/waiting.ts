// waiting.ts - whether what waits has waited for too long.

const hourMs = 3_600_000;

/** The oldest delivery that is neither done nor set aside waits for more than an hour. */
export function isStuck(oldestAt: string | null, now: number): boolean {
  return oldestAt !== null && now - Date.parse(oldestAt) > hourMs;
}

/** "10.000+" where counting ended. */
export function countText(count: number, atMost: number): string {
  return `${count.toLocaleString("vi-VN")}${count >= atMost ? "+" : ""}`;
}
