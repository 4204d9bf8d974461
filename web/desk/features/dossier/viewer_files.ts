// viewer_files.ts - the files of a dossier in the order an officer reads them.  Pure.
import type { Attachment, Dossier, IssuedResult, Text } from "@shared/schemas.ts";

export interface ViewedFile {
  file: Attachment;
  // The paper that it is; null for what belongs to none.
  component: Text | null;
  isResult: boolean;
}

// In the order of the components, then the rest, the result last.
export function viewedFiles(dossier: Dossier): ViewedFile[] {
  const resultFile = (dossier.result as IssuedResult | null)?.file;
  const all = (dossier.attachments ?? []) as Attachment[];
  const isResult = (file: Attachment) => file.id === resultFile || file.component === "result";
  const ordered: ViewedFile[] = [];
  for (const component of dossier.components) {
    const mine = all.filter((file) => !isResult(file) && (file.component === component.id || component.attachments?.includes(file.id)));
    for (const file of mine) {
      if (!ordered.some((each) => each.file.id === file.id)) ordered.push({ file, component: component.name, isResult: false });
    }
  }
  const others = all.filter((file) => !isResult(file) && !ordered.some((each) => each.file.id === file.id));
  for (const file of others) ordered.push({ file, component: null, isResult: false });
  for (const file of all.filter(isResult)) ordered.push({ file, component: null, isResult: true });
  if (resultFile && !ordered.some((each) => each.file.id === resultFile)) {
    const file = { id: resultFile, component: "result", name: "result.pdf", size: 0, media_type: "application/pdf", sha256: "", uploaded_at: "" };
    ordered.push({ file: file as Attachment, component: null, isResult: true });
  }
  return ordered;
}
