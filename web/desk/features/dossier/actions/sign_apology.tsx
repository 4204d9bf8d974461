// sign_apology.tsx - the leader signs the apology as it is drafted, or changes it first.
import { Anchor, Text } from "@mantine/core";
import { useState } from "react";
import { formatDateTime } from "@shared/format.ts";
import { useLanguage } from "../../../i18n/language.tsx";
import { documentUrl } from "../documents.ts";
import { ActionForm } from "./action_form.tsx";
import type { ActionProps } from "./action_props.ts";
import { apologyDraftOf, prepareSignature } from "./apology_draft.ts";
import { ApologyFields, SignBy } from "./apology_fields.tsx";

export function SignApology(props: ActionProps) {
  const { t, language } = useLanguage();
  const { dossier } = props;
  const { apology } = dossier;
  const [draft, setDraft] = useState(() => apologyDraftOf(dossier));
  const drafted = apology && (apology.drafted_by === "" ? t.apology.bySystem(formatDateTime(apology.drafted_at)) : t.apology.byOfficer(apology.drafted_by, formatDateTime(apology.drafted_at)));
  return (
    <ActionForm {...props} action="sign_apology" lead={t.apology.signLead} submitLabel={t.apology.submitSign} focusSubmit prepare={() => prepareSignature(draft, dossier, t, language)}>
      <SignBy dossier={dossier} />
      {apology ? (
        <Text size="sm" className="quiet">
          {drafted} ·{" "}
          <Anchor size="sm" underline="always" href={documentUrl(dossier.id, "apology")} target="_blank" rel="noreferrer">
            {t.apology.preview}
          </Anchor>
        </Text>
      ) : (
        <Text size="sm">{t.apology.noDraft}</Text>
      )}
      <ApologyFields dossier={dossier} draft={draft} onChange={setDraft} />
    </ActionForm>
  );
}
