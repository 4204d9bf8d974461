// viewer_files.ts - what an officer can look at beside the form, in the order it is read.  Pure.
import type { Attachment, Dossier, IssuedResult, Text } from "@shared/schemas.ts";
import { availableDocuments, type DocumentName } from "./documents.ts";

export interface ViewedFile {
  // Of an attachment, or "document:slip" for a printed form.
  id: string;
  name: string;
  // 0 where it is not known before it is made.
  size: number;
  mediaType: string;
  kind: "paper" | "document" | "result";
  // The paper that it is; null for what belongs to none.
  component: Text | null;
  document: DocumentName | null;
}

function paper(file: Attachment, component: Text | null, kind: ViewedFile["kind"] = "paper"): ViewedFile {
  return { id: file.id, name: file.name, size: file.size, mediaType: file.media_type, kind, component, document: null };
}

// Papers in the order of the components, then the rest, the result, and the printed forms.
export function viewedFiles(dossier: Dossier): ViewedFile[] {
  const resultFile = (dossier.result as IssuedResult | null)?.file;
  const all = (dossier.attachments ?? []) as Attachment[];
  const isResult = (file: Attachment) => file.id === resultFile || file.component === "result";
  const ordered: ViewedFile[] = [];
  const add = (each: ViewedFile) => {
    if (!ordered.some((other) => other.id === each.id)) ordered.push(each);
  };
  for (const component of dossier.components) {
    for (const file of all) {
      if (!isResult(file) && (file.component === component.id || component.attachments?.includes(file.id))) add(paper(file, component.name));
    }
  }
  for (const file of all) if (!isResult(file)) add(paper(file, null));
  for (const file of all) if (isResult(file)) add(paper(file, null, "result"));
  const pdf = { size: 0, mediaType: "application/pdf", component: null };
  if (resultFile) add({ ...pdf, id: resultFile, name: "", kind: "result", document: null });
  for (const document of availableDocuments(dossier)) add({ ...pdf, id: `document:${document}`, name: "", kind: "document", document });
  return ordered;
}
