// receive.tsx - takes in a dossier filed on line: every paper looked at, then the clock starts.
import { Alert, Checkbox, Textarea } from "@mantine/core";
import { useState } from "react";
import { Icon } from "../../../components/icon.tsx";
import { useLanguage } from "../../../i18n/language.tsx";
import { ActionForm } from "./action_form.tsx";
import type { ActionProps } from "./action_props.ts";
import classes from "./actions.module.css";

export function Receive(props: ActionProps) {
  const { t, say } = useLanguage();
  const asked = props.dossier.components.filter((component) => !component.replaced_by);
  const [checked, setChecked] = useState<string[]>([]);
  const [note, setNote] = useState("");
  const open = asked.some((component) => component.required && !checked.includes(component.id));
  return (
    <ActionForm
      {...props}
      action="receive"
      lead={t.actions.receive.lead}
      submitLabel={t.actions.receive.submit}
      prepare={() => ({ body: { checked_components: checked, ...(note.trim() === "" ? {} : { note: note.trim() }) } })}
    >
      <fieldset className={classes["checks"]}>
        <legend>{t.actions.receive.checked}</legend>
        {asked.map((component) => (
          <Checkbox
            key={component.id}
            checked={checked.includes(component.id)}
            label={`${say(component.name)}${component.required ? "" : ` (${t.common.optional})`}`}
            onChange={(event) =>
              setChecked(event.currentTarget.checked ? [...checked, component.id] : checked.filter((id) => id !== component.id))
            }
          />
        ))}
      </fieldset>
      {open && checked.length > 0 && (
        <Alert color="yellow" icon={<Icon name="warning" />}>
          {t.actions.receive.someUnchecked}
        </Alert>
      )}
      <Textarea label={`${t.common.note} (${t.common.optional})`} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
    </ActionForm>
  );
}
