// SaveNote.tsx - where the answers are now: on the server, or on this device only.
import { useLanguage } from "../../language/language.tsx";
import { useReachable } from "../../reachability.ts";
import { useFiling } from "./context.tsx";

export function SaveNote() {
  const { strings } = useLanguage();
  const { session } = useFiling();
  const reachable = useReachable();
  const words = strings.filing;
  const text = session.saveState === "saving" ? words.saving : session.draft.dirty && !reachable ? words.savedHere : session.draft.dirty ? "" : words.saved;
  return (
    <p className="save-note" role="status">
      {text}
    </p>
  );
}
