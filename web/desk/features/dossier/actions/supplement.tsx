// supplement.tsx - records what the citizen brought; the clock goes on.
import { List, Textarea } from "@mantine/core";
import { useState } from "react";
import { FieldView } from "@shared/form/FieldView.tsx";
import { isEmpty } from "@shared/form/answers.ts";
import type { Answers, Attachment } from "@shared/schemas.ts";
import { FilePick } from "../../../components/file_pick.tsx";
import { OfficerForm } from "../../../components/officer_form.tsx";
import { useLanguage } from "../../../i18n/language.tsx";
import type { Texts } from "../../../i18n/vi.ts";
import { answersOf, fieldNamed } from "../answers_of.ts";
import { ActionForm } from "./action_form.tsx";
import type { ActionProps, Prepared } from "./action_props.ts";
import classes from "./actions.module.css";

interface SupplementBody {
  answers?: Answers;
  attachments?: string[];
  note?: string;
}

// Only answers that really changed are sent.
export function prepareSupplement(before: Answers, changed: Answers, files: string[], note: string, t: Texts): Prepared<SupplementBody> {
  const body: SupplementBody = {};
  const answers = Object.fromEntries(
    Object.entries(changed).filter(([id, value]) => !isEmpty(value) && JSON.stringify(value) !== JSON.stringify(before[id])),
  );
  if (Object.keys(answers).length > 0) body.answers = answers;
  if (files.length > 0) body.attachments = files;
  if (note.trim() !== "") body.note = note.trim();
  return Object.keys(body).length === 0 ? { problem: t.actions.supplement.nothing } : { body };
}

export function Supplement(props: ActionProps) {
  const { t, say } = useLanguage();
  const { dossier } = props;
  const [changed, setChanged] = useState<Answers>({});
  const [files, setFiles] = useState<Attachment[]>([]);
  const [note, setNote] = useState("");
  const items = dossier.supplement?.items ?? [];
  const before = answersOf(dossier);
  return (
    <ActionForm
      {...props}
      action="supplement"
      lead={t.actions.supplement.lead}
      submitLabel={t.actions.supplement.submit}
      uploads={files.length}
      prepare={() => prepareSupplement(before, changed, files.map((file) => file.id), note, t)}
    >
      <fieldset className={classes["checks"]}>
        <legend>{t.actions.supplement.asked}</legend>
        {items.map((item, index) => {
          const component = dossier.components.find((each) => each.id === item.component);
          const field = item.field ? fieldNamed(dossier, item.field) : undefined;
          const name = say(component?.name ?? field?.label);
          const brought = files.filter((file) => component && file.component === component.id);
          return (
            <div key={index} className={classes["judge"]}>
              <span className={classes["judgeName"]}>
                {name && <strong>{name}: </strong>}
                {item.what}
              </span>
              {component && (
                <>
                  <FilePick
                    path="/api/v1/dossiers/{id}/files"
                    parameters={{ id: dossier.id }}
                    component={component.id}
                    label={t.files.scan}
                    name={t.files.scanOf(name)}
                    onUploaded={(file) => setFiles((old) => [...old, file])}
                  />
                  {brought.length > 0 && (
                    <List size="sm">
                      {brought.map((file) => (
                        <List.Item key={file.id}>{file.name}</List.Item>
                      ))}
                    </List>
                  )}
                </>
              )}
              {field && (
                <OfficerForm>
                  <FieldView
                    field={field}
                    path={field.id}
                    value={field.id in changed ? changed[field.id] : before[field.id]}
                    required
                    problems={[]}
                    onChange={(value) => setChanged((old) => ({ ...old, [field.id]: value }))}
                  />
                </OfficerForm>
              )}
            </div>
          );
        })}
      </fieldset>
      <Textarea label={`${t.common.note} (${t.common.optional})`} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
    </ActionForm>
  );
}
