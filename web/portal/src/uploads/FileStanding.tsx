// FileStanding.tsx - that a paper is still being checked, or was held back: why, and what to do.
import type { Attachment } from "@shared/schemas.ts";
import { useLanguage } from "../language/language.tsx";

export function FileStanding({ file }: { file: Attachment }) {
  const { say, strings } = useLanguage();
  const inspection = file.inspection;
  if (!inspection || inspection.state === "released") return null;
  const held = inspection.state === "held";
  return (
    <span className={held ? "standing standing-held" : "standing"} data-standing={inspection.state}>
      <strong>{held ? strings.filing.paperHeld : strings.filing.paperChecking}</strong> {held ? say(inspection.reason) : strings.filing.paperCheckingNote}
    </span>
  );
}
