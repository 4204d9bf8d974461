// context.tsx - the filing that the pages below work on.
import { createContext, useContext, useEffect, useState } from "react";
import type { Agency } from "@shared/schemas.ts";
import type { FilingSession } from "./session.ts";
import { makeTasks, type Task } from "./tasks.ts";

interface FilingValue {
  session: FilingSession;
  // Competent agencies; null while they are on their way or cannot come.
  agencies: Agency[] | null;
  reloadAgencies: () => void;
}

export const FilingContext = createContext<FilingValue | null>(null);

export interface Filing extends FilingValue {
  // Whether the agency has to be chosen on a page of its own.
  asksAgency: boolean;
  tasks: Task[];
  // Address of the task list.
  home: string;
}

// Draws again at every change of the session.
export function useFiling(): Filing {
  const value = useContext(FilingContext);
  if (!value) throw new Error("a filing page stands outside of FilingPages");
  const [, draw] = useState(0);
  useEffect(() => value.session.subscribe(() => draw((before) => before + 1)), [value.session]);
  // Where the form asks for the commune that decides, that answer is enough.
  const asksAgency = !value.session.placeField && (value.agencies === null ? !value.session.draft.agency : value.agencies.length !== 1);
  return { ...value, asksAgency, tasks: makeTasks(value.session, asksAgency), home: `/nop/${value.session.draft.id}` };
}
