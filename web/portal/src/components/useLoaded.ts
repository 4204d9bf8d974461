// useLoaded.ts - something that comes from the server: on its way, here, or a problem with a way out.
import { useEffect, useState } from "react";
import type { Problem } from "@shared/api/problem.ts";
import { asProblem } from "./ProblemNotice.tsx";

export interface Loaded<T> {
  value: T | null;
  problem: Problem | null;
  reload: () => void;
}

export function useLoaded<T>(load: () => Promise<T>, dependencies: unknown[]): Loaded<T> {
  const [state, setState] = useState<{ value: T | null; problem: Problem | null }>({ value: null, problem: null });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let wanted = true;
    setState((before) => ({ ...before, problem: null }));
    load().then(
      (value) => wanted && setState({ value, problem: null }),
      (thrown) => wanted && setState((before) => ({ ...before, problem: asProblem(thrown) })),
    );
    return () => {
      wanted = false;
    };
  }, [...dependencies, turn]);
  return { ...state, reload: () => setTurn((before) => before + 1) };
}
