// PrefillOffer.tsx - what the provider said of whoever is signed in, put into the applicant's fields
// when he asks for it: only into empty ones, and it says what came from where.
import { useState } from "react";
import { fill } from "@shared/language.ts";
import { isEmpty } from "@shared/form/answers.ts";
import type { Field } from "@shared/schemas.ts";
import { getMe } from "../../api.ts";
import { Notice } from "../../components/Notice.tsx";
import { useLanguage } from "../../language/language.tsx";
import { useSession } from "../../session.ts";
import { useWords } from "../account/words.ts";

export interface PrefillOfferProps {
  // Fields, and which property of the applicant each asks for.
  wanted: { field: Field; property: string }[];
  valueOf: (field: string) => unknown;
  onFill: (field: string, value: string) => void;
}

export function PrefillOffer({ wanted, valueOf, onFill }: PrefillOfferProps) {
  const { say } = useLanguage();
  const words = useWords();
  const session = useSession();
  const [done, setDone] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  if (done) {
    return (
      <Notice kind="success" focus>
        <p>{done}</p>
      </Notice>
    );
  }
  const empty = wanted.filter(({ field }) => isEmpty(valueOf(field.id)));
  if (!session?.citizen || empty.length === 0) return null;
  const put = async () => {
    setBusy(true);
    try {
      const me = await getMe();
      const told = new Map<string, { value: string; claim: string }>(me.fields.map((one) => [one.name === "full_name" ? "name" : one.name, one]));
      const filled: string[] = [];
      for (const { field, property } of empty) {
        const one = told.get(property);
        if (!one) continue;
        onFill(field.id, one.value);
        filled.push(`${say(field.label)} (${fill(words.mine.claim, { claim: one.claim })})`);
      }
      if (filled.length > 0) setDone(fill(words.prefill.done, { name: say(me.provider.name), fields: filled.join(", ") }));
    } catch {
      // Filling in is a convenience: the form is there to be typed into.
    } finally {
      setBusy(false);
    }
  };
  return (
    <Notice kind="info">
      <p>{fill(words.prefill.offer, { name: session.citizen.name })}</p>
      <button type="button" className="button button-secondary" aria-disabled={busy} onClick={() => busy || void put()}>
        {words.prefill.button}
      </button>
    </Notice>
  );
}
