// useAction.ts - one thing that a person does to a dossier: the key lives as long as the content does.
//
// Sent again unchanged after a lost answer, it carries the same key; changed, it is another intent.
import { useRef, useState } from "react";
import { newIntentKey } from "@shared/api/intent.ts";
import type { Problem } from "@shared/api/problem.ts";
import { asProblem } from "../../components/ProblemNotice.tsx";

export interface Action<Body> {
  busy: boolean;
  problem: Problem | null;
  // True when it went through.
  run: (body: Body) => Promise<boolean>;
}

export function useAction<Body>(send: (body: Body, key: string) => Promise<unknown>): Action<Body> {
  const intent = useRef({ content: "", key: "" });
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const run = async (body: Body): Promise<boolean> => {
    if (busy) return false;
    const content = JSON.stringify(body);
    if (intent.current.content !== content) intent.current = { content, key: newIntentKey() };
    setBusy(true);
    setProblem(null);
    try {
      await send(body, intent.current.key);
      return true;
    } catch (thrown) {
      const found = asProblem(thrown);
      if (found.kind === "refused" && found.status < 500) intent.current = { content: "", key: "" };
      setProblem(found);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, run };
}
