// procedure_select.tsx - a procedure as a filter: found on the server by a few letters, as there may be thousands.
import { Select, type ComboboxProps } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { loadProcedures } from "../api/procedures.ts";
import { useProcedure } from "../api/queries.ts";
import { useLanguage } from "../i18n/language.tsx";

interface Props {
  className?: string;
  label?: string;
  "aria-label"?: string;
  // Code; empty: any.
  value: string;
  onChange: (code: string) => void;
  comboboxProps?: ComboboxProps;
}

const typingPauseMs = 150;
const mostShown = 50;

export function ProcedureSelect({ value, onChange, comboboxProps, ...named }: Props) {
  const { t, say } = useLanguage();
  const [typed, setTyped] = useState("");
  // What is chosen stands in the box; that is no search.
  const chosen = useProcedure(value === "" ? null : value);
  const chosenLabel = chosen.data ? `${say(chosen.data.name)} (${value})` : value;
  const [asked] = useDebouncedValue(typed === chosenLabel ? "" : typed.trim(), typingPauseMs);
  const found = useQuery({
    queryKey: ["procedures", asked, mostShown],
    queryFn: ({ signal }) => loadProcedures({ q: asked, limit: mostShown }, signal),
    placeholderData: keepPreviousData,
    staleTime: 600_000,
  });
  const data = (found.data?.items ?? []).map((each) => ({ value: each.code, label: `${say(each.name)} (${each.code})` }));
  if (value !== "" && !data.some((each) => each.value === value)) data.unshift({ value, label: chosenLabel });
  return (
    <Select
      {...named}
      placeholder={t.inbox.allProcedures}
      clearable
      searchable
      value={value || null}
      onChange={(code) => onChange(code ?? "")}
      searchValue={typed}
      onSearchChange={setTyped}
      data={data}
      // The server has chosen already, by everyday words too.
      filter={({ options }) => options}
      nothingFoundMessage={t.procedures.none}
      comboboxProps={{ transitionProps: { duration: 0 }, ...comboboxProps }}
    />
  );
}
