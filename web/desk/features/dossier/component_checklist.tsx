// component_checklist.tsx - every paper the law asks for: there, shown, replaced by data, or missing.
import { Button } from "@mantine/core";
import { Fragment } from "react";
import type { Dossier } from "@shared/schemas.ts";
import { Icon, type IconName } from "../../components/icon.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import classes from "./dossier.module.css";
import { FileStanding } from "./file_standing.tsx";

type Component = Dossier["components"][number];
type Presence = "present" | "shown" | "replaced" | "missing" | "optional";

export function presenceOf(component: Component): Presence {
  if ((component.attachments?.length ?? 0) > 0) return "present";
  if (component.shown) return "shown";
  if (component.replaced_by) return "replaced";
  return component.required ? "missing" : "optional";
}

const icons: Record<Presence, IconName> = { present: "check", shown: "eye", replaced: "database", missing: "warning", optional: "dash" };

interface Props {
  dossier: Dossier;
  onShow: (file: string) => void;
}

export function ComponentChecklist({ dossier, onShow }: Props) {
  const { t, say } = useLanguage();
  const words: Record<Presence, (component: Component) => string> = {
    present: () => t.components.present,
    shown: () => t.components.shown,
    replaced: (component) => t.components.replaced(say(component.replaced_by?.database)),
    missing: () => t.components.missing,
    optional: () => t.components.optional,
  };
  const required = dossier.components.filter((component) => component.required);
  const there = required.filter((component) => presenceOf(component) !== "missing");
  return (
    <section className={classes["group"]}>
      <h2>
        {t.components.title} <span className="quiet">· {t.components.done(there.length, required.length)}</span>
      </h2>
      <ul className={classes["checklist"]}>
        {dossier.components.map((component) => {
          const presence = presenceOf(component);
          const name = say(component.name);
          const counts = [
            component.originals > 0 ? t.components.originals(component.originals) : "",
            component.copies > 0 ? t.components.copies(component.copies) : "",
          ].filter((text) => text !== "");
          const files = (component.attachments ?? [])
            .map((id) => dossier.attachments?.find((attachment) => attachment.id === id))
            .filter((file) => file !== undefined);
          return (
            <li key={component.id} data-presence={presence}>
              <span className={classes["presence"]}>
                <Icon name={icons[presence]} size={16} />
              </span>
              <div>
                <div>{name}</div>
                <div className={classes["presenceWord"]}>
                  <strong>{words[presence](component)}</strong>
                  <span className="quiet">
                    {" · "}
                    {[component.kind === "show" ? t.components.show : t.components.submit, ...counts, component.required ? "" : t.components.optional]
                      .filter((text) => text !== "")
                      .join(" · ")}
                  </span>
                  {component.replaced_by?.basis && <div className="quiet">{component.replaced_by.basis}</div>}
                </div>
                {files.map((file) => (
                  <Fragment key={file.id}>
                    <Button size="compact-xs" variant="subtle" leftSection={<Icon name="file" size={13} />} onClick={() => onShow(file.id)} aria-label={t.components.open(file.name)}>
                      <span className={classes["fileName"]}>{file.name}</span>
                    </Button>
                    <FileStanding file={file} />
                  </Fragment>
                ))}
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
