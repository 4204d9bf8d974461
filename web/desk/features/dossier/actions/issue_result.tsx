// issue_result.tsx - issues the result: a PDF that is there already, or one made from the template.
import { Radio, Stack, Textarea, TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import type { Attachment } from "@shared/schemas.ts";
import { useFile } from "../../../api/queries.ts";
import { FilePick } from "../../../components/file_pick.tsx";
import { useLanguage } from "../../../i18n/language.tsx";
import type { Texts } from "../../../i18n/vi.ts";
import { useObjectUrl } from "../use_object_url.ts";
import { ActionForm } from "./action_form.tsx";
import type { ActionProps, Prepared } from "./action_props.ts";
import classes from "./actions.module.css";

export interface ResultDraft {
  source: "generate" | "attach";
  file: Attachment | null;
  number: string;
  note: string;
}

interface ResultBody {
  task: string;
  file?: string;
  number?: string;
  note?: string;
}

export function prepareResult(task: string, draft: ResultDraft, t: Texts): Prepared<ResultBody> {
  const body: ResultBody = { task };
  if (draft.source === "attach") {
    if (!draft.file) return { problem: t.actions.issueResult.chooseFile };
    if (draft.file.media_type !== "application/pdf") return { problem: t.actions.issueResult.notPdf };
    body.file = draft.file.id;
  }
  if (draft.number.trim() !== "") body.number = draft.number.trim();
  if (draft.note.trim() !== "") body.note = draft.note.trim();
  return { body };
}

function Preview({ dossier, file }: { dossier: string; file: Attachment }) {
  const { t } = useLanguage();
  const loaded = useFile(dossier, file);
  const url = useObjectUrl(loaded.data);
  return url ? <iframe className={classes["frame"]} src={url} title={`${t.actions.issueResult.preview}: ${file.name}`} /> : null;
}

export function IssueResult(props: ActionProps) {
  const { t } = useLanguage();
  const words = t.actions.issueResult;
  const [draft, setDraft] = useState<ResultDraft>({ source: "generate", file: null, number: "", note: "" });
  const [uploads, setUploads] = useState(0);
  useEffect(() => {
    if (draft.file) setUploads((count) => count + 1);
  }, [draft.file]);
  return (
    <ActionForm
      {...props}
      action="issue_result"
      submitLabel={words.submit}
      uploads={uploads}
      prepare={() => prepareResult(props.task ?? props.dossier.tasks[0]?.id ?? "", draft, t)}
    >
      <Radio.Group label={words.source} value={draft.source} onChange={(source) => setDraft({ ...draft, source: source === "attach" ? "attach" : "generate" })}>
        <Stack gap={6} mt={6}>
          <Radio value="generate" label={words.generate} />
          <Radio value="attach" label={words.attach} />
        </Stack>
      </Radio.Group>
      {draft.source === "attach" && (
        <div>
          <FilePick
            path="/api/v1/dossiers/{id}/files"
            parameters={{ id: props.dossier.id }}
            component="result"
            label={words.file}
            accept="application/pdf"
            onUploaded={(file) => setDraft((old) => ({ ...old, file }))}
          />
          {draft.file && <p>{draft.file.name}</p>}
          {draft.file && <Preview dossier={props.dossier.id} file={draft.file} />}
        </div>
      )}
      <TextInput label={`${words.number} (${words.numberHint})`} value={draft.number} maxLength={100} onChange={(event) => setDraft({ ...draft, number: event.currentTarget.value })} />
      <Textarea label={`${t.common.note} (${t.common.optional})`} value={draft.note} onChange={(event) => setDraft({ ...draft, note: event.currentTarget.value })} />
    </ActionForm>
  );
}
