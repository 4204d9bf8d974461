// administrators_only.tsx - a page for those who administer procedures; the others are told so.
import type { ReactNode } from "react";
import { useSession } from "../../api/queries.ts";
import { PageTitle } from "../../components/page_title.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { hasPlace, type Place } from "../officers/roles.ts";

// Whether the officer may; a page asks the server for nothing before it is true.
export function useMayAdminister(place: Place): boolean {
  return hasPlace(useSession().data?.officer, place);
}

export function AdministratorsOnly({ allowed, title, children }: { allowed: boolean; title: string; children: ReactNode }) {
  const { t } = useLanguage();
  const session = useSession();
  if (allowed) return <div className="page">{children}</div>;
  return (
    <div className="page">
      <PageTitle>{title}</PageTitle>
      {session.isSuccess && <p>{t.procedures.onlyAdministrators}</p>}
    </div>
  );
}
