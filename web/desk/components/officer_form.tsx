// officer_form.tsx - the shared form renderer as officers use it: dense, with commune names.
import "@shared/form/form.css";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, type ReactNode } from "react";
import { FormProvider, type UnitOption } from "@shared/form/context.tsx";
import { textOf } from "@shared/language.ts";
import type { Agency } from "@shared/schemas.ts";
import { client } from "../api/client.ts";
import { useAgencies } from "../api/queries.ts";
import { useLanguage } from "../i18n/language.tsx";
import "./officer_form.css";

// Every commune-level unit has one committee.
const communes = { kind: "commune_committee" };

// The unit's own name out of its committee's: "Phường Thành Vinh".
export function unitName(committee: string): string {
  const name = committee.replace(/^(Ủy ban nhân dân|People's Committee of)\s+/i, "");
  return name.charAt(0).toLocaleUpperCase("vi") + name.slice(1);
}

export function OfficerForm({ children }: { children: ReactNode }) {
  const { language } = useLanguage();
  const cache = useQueryClient();
  const loadUnits = useCallback(async (): Promise<UnitOption[]> => {
    const answer = await cache.fetchQuery({
      queryKey: ["agencies", communes],
      queryFn: () => client.get<{ items: Agency[] }>("/api/v1/agencies", { query: communes }),
      staleTime: 600_000,
    });
    return answer.items
      .filter((agency) => agency.unit_code)
      .map((agency) => {
        // Whoever types the name of a commune that is no more finds the one that it became part of.
        const before = (agency.formerly ?? []).map((old) => unitName(textOf(old.name, language))).join(", ");
        const label = unitName(textOf(agency.name, language)) + (before ? ` (${before})` : "");
        return { value: agency.unit_code ?? "", label, hint: agency.unit_code ?? "" };
      });
  }, [cache, language]);
  return (
    <FormProvider language={language} audience="officer" loadUnits={loadUnits}>
      <div className="officer-form">{children}</div>
    </FormProvider>
  );
}

// Names of commune-level units for showing answers; asked for only where a form has such a field.
export function useUnitNames(needed: boolean): (code: string) => string | undefined {
  const { say } = useLanguage();
  const units = useAgencies(communes, needed);
  return (code) => {
    const unit = units.data?.find((agency) => agency.unit_code === code);
    if (unit) return unitName(say(unit.name));
    // An answer from before a merger keeps the name that was meant.
    const old = units.data?.flatMap((agency) => agency.formerly ?? []).find((one) => one.unit_code === code);
    return old ? unitName(say(old.name)) : undefined;
  };
}
