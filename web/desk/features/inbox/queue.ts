// queue.ts - the list a dossier was opened from, so that the next one is one key away.
const storageKey = "motcua.desk.queue";
const longest = 500;

export interface Queue {
  // Where the list is: "/inbox?state=overdue".
  address: string;
  ids: string[];
}

export function rememberQueue(queue: Queue): void {
  try {
    sessionStorage.setItem(storageKey, JSON.stringify({ ...queue, ids: queue.ids.slice(0, longest) }));
  } catch {
    // Without storage there is no next dossier, only the way back.
  }
}

export function rememberedQueue(): Queue {
  try {
    const stored = JSON.parse(sessionStorage.getItem(storageKey) ?? "null") as Queue | null;
    if (stored && typeof stored.address === "string" && Array.isArray(stored.ids)) return stored;
  } catch {
    // Unreadable is as good as absent.
  }
  return { address: "/inbox", ids: [] };
}

export function neighbours(queue: Queue, id: string): { previous: string | null; next: string | null } {
  const index = queue.ids.indexOf(id);
  if (index < 0) return { previous: null, next: queue.ids[0] ?? null };
  return { previous: queue.ids[index - 1] ?? null, next: queue.ids[index + 1] ?? null };
}
