// FileChoice.tsx - a proof file or a receipt is chosen, or dropped.
import { useState, type ChangeEvent, type DragEvent } from "react";
import { fill } from "@shared/language.ts";
import { useWords } from "./words.ts";

export function FileChoice({ shown, onTake }: { shown: string | null; onTake: (file: File) => void }) {
  const words = useWords();
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer?.files[0];
    if (file) onTake(file);
  };
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.currentTarget.files?.[0];
    // The same file may be chosen again later.
    event.currentTarget.value = "";
    if (file) onTake(file);
  };
  return (
    <section
      aria-labelledby="file-title"
      className={over ? "verify-drop verify-drop-over" : "verify-drop"}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <h2 id="file-title">{words.fileTitle}</h2>
      <p id="file-hint">{words.fileHint}</p>
      <p className="verify-choose">
        <label className="button upload-button">
          {words.fileChoose}
          <input type="file" className="upload-input" accept=".motcua,.pdf,application/pdf,text/plain" aria-describedby="file-hint" onChange={choose} />
        </label>
        <span className="soft verify-drop-word">{words.fileDrop}</span>
      </p>
      <p role="status" className="soft verify-shown">
        {shown ? fill(words.fileShown, { name: shown }) : ""}
      </p>
    </section>
  );
}
