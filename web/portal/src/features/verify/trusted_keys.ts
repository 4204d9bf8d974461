// trusted_keys.ts - the keys that proofs are checked with: those that the server publishes, remembered on
// this device, so that a key that silently changes is noticed, and a check works off line.
import { useEffect, useState } from "react";
import { parseKeys, type VerifierKey } from "@verifier/checkpoint.ts";
import { getJournalKeys } from "../../api.ts";
import { readValue, writeValue } from "../../device/storage.ts";

const storageKey = "motcua.journal-keys";

interface Kept {
  text: string;
  at: string;
}

export interface PublishedKeys {
  keys: VerifierKey[];
  // Since when this device remembers them; null where they come from the server now.
  keptAt: string | null;
  // Seen before, and no longer published.
  gone: VerifierKey[];
  loaded: boolean;
}

function readKeys(text: string): VerifierKey[] {
  try {
    return parseKeys(text);
  } catch {
    return [];
  }
}

export function compareKeys(published: string, kept: Kept | null): Omit<PublishedKeys, "loaded"> {
  const keys = readKeys(published);
  const gone = kept ? readKeys(kept.text).filter((old) => !keys.some((key) => key.text === old.text)) : [];
  return { keys, keptAt: null, gone };
}

export function usePublishedKeys(): PublishedKeys {
  const [state, setState] = useState<PublishedKeys>({ keys: [], keptAt: null, gone: [], loaded: false });
  useEffect(() => {
    const kept = readValue<Kept>(storageKey);
    getJournalKeys().then(
      (text) => {
        const compared = compareKeys(text, kept);
        setState({ ...compared, loaded: true });
        // A key that went away is remembered: it is told of until somebody has asked.
        if (compared.keys.length > 0 && compared.gone.length === 0) writeValue(storageKey, { text, at: new Date().toISOString() });
      },
      () => setState({ keys: kept ? readKeys(kept.text) : [], keptAt: kept?.at ?? null, gone: [], loaded: true }),
    );
  }, []);
  return state;
}
