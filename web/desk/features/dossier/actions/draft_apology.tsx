// draft_apology.tsx - writes the apology (form 04), or writes the waiting draft anew.
import { useState } from "react";
import { useLanguage } from "../../../i18n/language.tsx";
import { ActionForm } from "./action_form.tsx";
import type { ActionProps } from "./action_props.ts";
import { apologyDraftOf, checkApology } from "./apology_draft.ts";
import { ApologyFields, SignBy } from "./apology_fields.tsx";

export function DraftApology(props: ActionProps) {
  const { t, language } = useLanguage();
  const [draft, setDraft] = useState(() => apologyDraftOf(props.dossier));
  return (
    <ActionForm {...props} action="draft_apology" lead={t.apology.draftLead} submitLabel={t.apology.submitDraft} prepare={() => checkApology(draft, props.dossier, t, language)}>
      <SignBy dossier={props.dossier} />
      <ApologyFields dossier={props.dossier} draft={draft} onChange={setDraft} />
    </ActionForm>
  );
}
