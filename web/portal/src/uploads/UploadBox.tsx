// UploadBox.tsx - choose or photograph files, see them travel, try again, take them away.
import { useEffect, useRef, useState, type ChangeEvent } from "react";
import { newIntentKey } from "@shared/api/intent.ts";
import type { Problem } from "@shared/api/problem.ts";
import { largestFileBytes } from "@shared/api/upload.ts";
import { formatSize } from "@shared/format.ts";
import { fill } from "@shared/language.ts";
import type { Attachment } from "@shared/schemas.ts";
import type { Upload } from "../api.ts";
import { asProblem } from "../components/ProblemNotice.tsx";
import { useLanguage } from "../language/language.tsx";
import { shrinkPhoto } from "./photo.ts";
import { FileStanding } from "./FileStanding.tsx";
import "./uploads.css";

const accepted = "image/jpeg,image/png,image/heic,image/heif,application/pdf,.heic,.heif";

interface Pending {
  // Of the intent: the same for every attempt with this file.
  key: string;
  file: File;
  phase: "preparing" | "sending" | "failed";
  fraction: number;
  // Why it failed, and whether trying again makes sense.
  reason?: string;
  again?: boolean;
  stop: AbortController;
}

export interface UploadBoxProps {
  component: string;
  // Element id of the file input, for labels and error links.
  id: string;
  attachments: Attachment[];
  upload: (request: Upload) => Promise<Attachment>;
  remove?: (attachment: Attachment) => Promise<void>;
  onUploaded: (attachment: Attachment) => void;
  onRemoved: (attachment: Attachment) => void;
  // How many files are neither here nor given up.
  onPending?: (count: number) => void;
  describedBy?: string;
  invalid?: boolean;
}

export function UploadBox(props: UploadBoxProps) {
  const { component, id, attachments } = props;
  const { language, strings } = useLanguage();
  const words = strings.filing;
  const [pending, setPending] = useState<Pending[]>([]);
  const [announcement, setAnnouncement] = useState("");
  const [removing, setRemoving] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const input = useRef<HTMLInputElement>(null);
  // A phone or tablet, where the camera is at hand.
  const [hasCamera] = useState(() => window.matchMedia?.("(pointer: coarse)").matches ?? false);

  useEffect(() => props.onPending?.(pending.length), [pending.length]);

  const change = (key: string, what: Partial<Pending>) =>
    setPending((before) => before.map((one) => (one.key === key ? { ...one, ...what } : one)));
  const drop = (key: string) => setPending((before) => before.filter((one) => one.key !== key));

  const send = async (one: Pending) => {
    change(one.key, { phase: "preparing", fraction: 0 });
    const bytes = await shrinkPhoto(one.file);
    change(one.key, { phase: "sending" });
    // The line may be weak: three attempts with the same key before the person is asked.
    for (let attempt = 1; ; attempt += 1) {
      try {
        const attachment = await props.upload({
          component,
          name: one.file.name,
          bytes,
          key: one.key,
          onProgress: (fraction) => change(one.key, { fraction }),
          signal: one.stop.signal,
        });
        drop(one.key);
        props.onUploaded(attachment);
        setAnnouncement(fill(words.paperDone, { name: one.file.name }));
        return;
      } catch (thrown) {
        if (one.stop.signal.aborted) {
          drop(one.key);
          return;
        }
        const found = asProblem(thrown);
        if (found.passing && attempt < 3) {
          await new Promise((done) => setTimeout(done, 1500 * attempt));
          if (!one.stop.signal.aborted) continue;
          drop(one.key);
          return;
        }
        const again = found.kind !== "refused" || found.status >= 500 || found.status === 429;
        change(one.key, { phase: "failed", reason: found.detail || found.title, again });
        setAnnouncement(fill(words.paperFailed, { name: one.file.name }));
        return;
      }
    }
  };

  const take = (event: ChangeEvent<HTMLInputElement>) => {
    const files = Array.from(event.currentTarget.files ?? []);
    // The same file may be chosen again later.
    event.currentTarget.value = "";
    setProblem(null);
    const taken = files.map((file): Pending => {
      const base = { key: newIntentKey(), file, fraction: 0, stop: new AbortController() };
      if (file.size === 0) return { ...base, phase: "failed", reason: words.paperEmpty, again: false };
      // A photograph may still become small enough.
      if (file.size > largestFileBytes && file.type !== "image/jpeg") {
        return { ...base, phase: "failed", reason: fill(words.paperTooBig, { size: formatSize(file.size, language) }), again: false };
      }
      return { ...base, phase: "preparing" };
    });
    setPending((before) => [...before, ...taken]);
    // One after the other: on a weak line several at once all fail.
    void (async () => {
      for (const one of taken) if (one.phase === "preparing") await send(one);
    })();
  };

  const removeFile = async (attachment: Attachment) => {
    setRemoving(attachment.id);
    setProblem(null);
    try {
      await props.remove?.(attachment);
      props.onRemoved(attachment);
      setAnnouncement(fill(words.paperRemoved, { name: attachment.name }));
      input.current?.focus();
    } catch (thrown) {
      setProblem(asProblem(thrown));
    } finally {
      setRemoving(null);
    }
  };

  return (
    <div className="upload">
      {(attachments.length > 0 || pending.length > 0) && (
        <ul className="upload-list" aria-label={words.paperList}>
          {attachments.map((attachment) => (
            <li key={attachment.id} className="upload-item">
              <span className={`upload-done upload-${attachment.inspection?.state ?? "released"}`} aria-hidden="true">
                {attachment.inspection?.state === "held" ? "!" : attachment.inspection?.state === "checking" ? "…" : "✓"}
              </span>
              <span className="upload-name">
                {attachment.name}
                <span className="soft">
                  {formatSize(attachment.size, language)}
                  {attachment.converted_from?.startsWith("image/hei") && `, ${words.paperConverted}`}
                </span>
                <FileStanding file={attachment} />
              </span>
              {props.remove && (
                <button type="button" className="link-button" aria-disabled={removing !== null} onClick={() => removing ?? void removeFile(attachment)}>
                  {fill(words.paperRemove, { name: "" }).trim()}
                  <span className="visually-hidden"> {attachment.name}</span>
                </button>
              )}
            </li>
          ))}
          {pending.map((one) => (
            <li key={one.key} className={one.phase === "failed" ? "upload-item upload-item-failed" : "upload-item"}>
              <span className="upload-name">
                {one.phase === "failed" ? (
                  <>
                    <strong>{fill(words.paperFailed, { name: one.file.name })}</strong>
                    <span role="alert">{one.reason}</span>
                  </>
                ) : (
                  <>
                    {one.phase === "preparing"
                      ? fill(words.paperPreparing, { name: one.file.name })
                      : fill(words.paperUploading, { name: one.file.name, percent: Math.round(one.fraction * 100) })}
                    <progress className="progress" max={1} value={one.fraction} aria-label={one.file.name} />
                  </>
                )}
              </span>
              {one.phase === "failed" && one.again && (
                <button type="button" className="link-button" onClick={() => void send(one)}>
                  {fill(words.paperRetry, { name: "" }).trim()}
                  <span className="visually-hidden"> {one.file.name}</span>
                </button>
              )}
              <button
                type="button"
                className="link-button"
                onClick={() => {
                  one.stop.abort();
                  drop(one.key);
                }}
              >
                {fill(one.phase === "failed" ? words.paperRemove : words.paperStop, { name: "" }).trim()}
                <span className="visually-hidden"> {one.file.name}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {problem && (
        <p className="form-error" role="alert">
          {problem.detail || problem.title}
        </p>
      )}
      <div className="button-row">
        {hasCamera && (
          <label className="button upload-button">
            {words.paperCamera}
            <input type="file" accept="image/*" capture="environment" className="upload-input" onChange={take} aria-describedby={props.describedBy} />
          </label>
        )}
        <label className={hasCamera || attachments.length > 0 ? "button button-secondary upload-button" : "button upload-button"}>
          {attachments.length > 0 ? words.paperAdd : words.paperChoose}
          <input
            type="file"
            id={id}
            ref={input}
            accept={accepted}
            multiple
            className="upload-input"
            onChange={take}
            aria-describedby={props.describedBy}
            aria-invalid={props.invalid || undefined}
          />
        </label>
      </div>
      <span className="visually-hidden" role="status">
        {announcement}
      </span>
    </div>
  );
}
