// procedure_picker.tsx - the procedure, by a few letters of its everyday name; arrows and Enter choose.
import { TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useId, useRef, useState, type KeyboardEvent } from "react";
import { matches } from "@shared/fold.ts";
import type { ProcedureSummary } from "@shared/schemas.ts";
import { loadProcedures } from "../../api/procedures.ts";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import classes from "./intake.module.css";

const typingPauseMs = 120;
const mostShown = 30;

// What is typed faster than the server answers narrows what is here already.
function stillFits(procedure: ProcedureSummary, typed: string): boolean {
  return matches([procedure.code, procedure.name.vi, procedure.name.en, procedure.summary?.vi, procedure.field?.vi].join(" "), typed);
}

export function ProcedurePicker({ onPick }: { onPick: (code: string) => void }) {
  const { t, say } = useLanguage();
  const [typed, setTyped] = useState("");
  const [asked] = useDebouncedValue(typed.trim(), typingPauseMs);
  const [active, setActive] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const listId = useId();
  const found = useQuery({
    queryKey: ["procedures", asked, mostShown],
    queryFn: ({ signal }) => loadProcedures({ q: asked, limit: mostShown }, signal),
    placeholderData: keepPreviousData,
    staleTime: 600_000,
  });
  const upToDate = asked === typed.trim() && !found.isPlaceholderData;
  const shown = (found.data?.items ?? []).filter((procedure) => upToDate || stillFits(procedure, typed)).slice(0, mostShown);
  useEffect(() => setActive(0), [typed]);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [active]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      setActive((at) => Math.min(Math.max(at + step, 0), Math.max(0, shown.length - 1)));
    } else if (event.key === "Enter") {
      event.preventDefault();
      const chosen = shown[active];
      if (chosen) onPick(chosen.code);
    }
  };
  return (
    <div className={classes["picker"]}>
      <TextInput
        size="md"
        label={t.intake.procedure}
        placeholder={t.intake.procedurePlaceholder}
        autoFocus
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={shown[active] ? `${listId}-${active}` : undefined}
        autoComplete="off"
      />
      <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
      <ul ref={list} id={listId} role="listbox" aria-label={t.intake.steps.procedure} className={classes["choices"]}>
        {shown.map((procedure, index) => (
          <li
            key={procedure.code}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === active}
            onMouseEnter={() => setActive(index)}
            onClick={() => onPick(procedure.code)}
          >
            <div className={classes["choiceName"]}>{say(procedure.name)}</div>
            <div className="quiet">
              <span className="figures">{procedure.code}</span>
              {[say(procedure.field), say(procedure.limit), say(procedure.fee)].filter(Boolean).map((fact) => ` · ${fact}`)}
            </div>
          </li>
        ))}
      </ul>
      {upToDate && found.data && found.data.total > shown.length && shown.length > 0 && <p className="quiet">{t.intake.procedureMore(String(shown.length), String(found.data.total))}</p>}
      {found.isSuccess && upToDate && shown.length === 0 && <p role="status">{t.intake.procedureNone}</p>}
    </div>
  );
}
