// file_standing.tsx - that a paper cannot be opened yet, or never will be: why, and what to do.
import type { Attachment } from "@shared/schemas.ts";
import { Icon } from "../../components/icon.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import classes from "./dossier.module.css";

export function FileStanding({ file }: { file: Attachment }) {
  const { t, say } = useLanguage();
  const inspection = file.inspection;
  if (!inspection || inspection.state === "released") return null;
  const held = inspection.state === "held";
  return (
    <div className={classes["standing"]} data-standing={inspection.state} role={held ? "alert" : undefined}>
      <Icon name={held ? "warning" : "clock"} size={13} /> <strong>{held ? t.components.held : t.components.checking}</strong> {say(inspection.reason)}
      {held && inspection.threat && <span className="quiet"> ({inspection.threat})</span>}
    </div>
  );
}
