// intake_components.tsx - every paper of this case: handed over, shown, scanned, or not needed.
import { ActionIcon, Checkbox } from "@mantine/core";
import type { Attachment, ProcedureComponent } from "@shared/schemas.ts";
import { FilePick } from "../../components/file_pick.tsx";
import { Icon } from "../../components/icon.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import type { IntakeDraft } from "./filing.ts";
import classes from "./intake.module.css";

interface Props {
  components: ProcedureComponent[];
  draft: IntakeDraft;
  missing: boolean;
  onTick: (component: string, there: boolean) => void;
  onUploaded: (file: Attachment) => void;
  onRemove: (file: string) => void;
}

export function IntakeComponents({ components, draft, missing, onTick, onUploaded, onRemove }: Props) {
  const { t, say } = useLanguage();
  return (
    <ul className={classes["papers"]}>
      {components.map((component) => {
        const name = say(component.name);
        const shows = component.kind === "show";
        const there = draft.ticked.includes(component.id);
        const files = draft.files.filter((file) => file.component === component.id);
        const counts = [
          component.originals > 0 ? t.components.originals(component.originals) : "",
          component.copies > 0 ? t.components.copies(component.copies) : "",
          component.required ? "" : t.components.optional,
        ].filter((text) => text !== "");
        const open = missing && component.required && !component.replaced_by && !there && files.length === 0;
        return (
          <li key={component.id} data-open={open || undefined}>
            <div className={classes["paperName"]}>
              <div>{name}</div>
              <div className="quiet">{counts.join(" · ")}</div>
              {say(component.note) && <div className="quiet">{say(component.note)}</div>}
              {component.replaced_by && (
                <div className={classes["replaced"]}>
                  <Icon name="database" size={14} /> {t.components.replaced(say(component.replaced_by.database))}
                  {component.replaced_by.basis && ` (${component.replaced_by.basis})`}
                </div>
              )}
              {open && (
                <div className={classes["open"]}>
                  <Icon name="warning" size={14} /> {t.components.missing}
                </div>
              )}
            </div>
            <div className={classes["paperTools"]}>
              <Checkbox
                size="sm"
                label={shows ? t.intake.shown : t.intake.submitted}
                aria-label={shows ? t.intake.shownOf(name) : t.intake.submittedOf(name)}
                checked={there}
                onChange={(event) => onTick(component.id, event.currentTarget.checked)}
              />
              <FilePick path="/api/v1/files" component={component.id} label={t.files.scan} name={t.files.scanOf(name)} onUploaded={onUploaded} />
            </div>
            {files.map((file) => (
              <div key={file.id} className={classes["file"]}>
                <Icon name="file" size={14} /> {file.name}
                <ActionIcon size={24} variant="subtle" color="dark" aria-label={t.files.remove(file.name)} onClick={() => onRemove(file.id)}>
                  <Icon name="cross" size={13} />
                </ActionIcon>
              </div>
            ))}
          </li>
        );
      })}
    </ul>
  );
}
