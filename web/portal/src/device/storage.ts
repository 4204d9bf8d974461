// storage.ts - what this device keeps, as named texts and values.
//
// Where the browser forbids storage (private windows, full disk) a map in memory stands in: the page
// works as long as it is open, and `isKept()` says so, for a notice.

const memory = new Map<string, string>();
let kept = true;

export const isKept = (): boolean => kept;

export function readText(key: string): string | null {
  try {
    return localStorage.getItem(key) ?? memory.get(key) ?? null;
  } catch {
    kept = false;
    return memory.get(key) ?? null;
  }
}

export function writeText(key: string, text: string): void {
  memory.set(key, text);
  try {
    localStorage.setItem(key, text);
    memory.delete(key);
  } catch {
    kept = false;
  }
}

export function remove(key: string): void {
  memory.delete(key);
  try {
    localStorage.removeItem(key);
  } catch {
    kept = false;
  }
}

// Null where there is nothing, or nothing readable.
export function readValue<T>(key: string): T | null {
  const text = readText(key);
  if (text === null) return null;
  try {
    return JSON.parse(text) as T;
  } catch {
    return null;
  }
}

export function writeValue(key: string, value: unknown): void {
  writeText(key, JSON.stringify(value));
}

export function keysWith(prefix: string): string[] {
  const keys = new Set([...memory.keys()].filter((key) => key.startsWith(prefix)));
  try {
    for (let index = 0; index < localStorage.length; index += 1) {
      const key = localStorage.key(index);
      if (key?.startsWith(prefix)) keys.add(key);
    }
  } catch {
    kept = false;
  }
  return [...keys];
}
