// file_pick.tsx - chooses a file and sends it at once, with progress; nothing is lost on failure.
import { Button, FileButton, Progress } from "@mantine/core";
import { useState } from "react";
import type { Path } from "@shared/api/client.ts";
import { newIntentKey } from "@shared/api/intent.ts";
import { largestFileBytes, uploadFile } from "@shared/api/upload.ts";
import type { Attachment } from "@shared/schemas.ts";
import { csrfHeaders } from "../api/client.ts";
import { useLanguage } from "../i18n/language.tsx";
import { Icon } from "./icon.tsx";
import { ProblemAlert } from "./problem_alert.tsx";

interface Props {
  path: Path;
  parameters?: Record<string, string>;
  component: string;
  label: string;
  // What screen readers hear, where the label alone does not say for what.
  name?: string;
  accept?: string;
  onUploaded: (file: Attachment) => void;
}

const acceptedTypes = "application/pdf,image/jpeg,image/png,image/heic,image/heif,.heic";

export function FilePick({ path, parameters, component, label, name, accept, onUploaded }: Props) {
  const { t, language } = useLanguage();
  const [progress, setProgress] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [tooLarge, setTooLarge] = useState<string | null>(null);

  const send = async (file: File | null) => {
    if (!file) return;
    setError(null);
    setTooLarge(file.size > largestFileBytes ? t.files.tooLarge(file.name) : null);
    if (file.size > largestFileBytes) return;
    setProgress(0);
    try {
      const stored = await uploadFile({
        path,
        ...(parameters ? { parameters } : {}),
        headers: csrfHeaders(),
        component,
        name: file.name,
        bytes: file,
        key: newIntentKey(),
        language,
        onProgress: setProgress,
      });
      onUploaded(stored);
    } catch (failure) {
      setError(failure);
    }
    setProgress(null);
  };
  return (
    <div>
      <FileButton onChange={(file) => void send(file)} accept={accept ?? acceptedTypes} inputProps={{ "aria-label": name ?? label }}>
        {(props) => (
          <Button {...props} size="compact-sm" variant="default" leftSection={<Icon name="plus" size={14} />} loading={progress !== null} aria-label={name ?? label}>
            {label}
          </Button>
        )}
      </FileButton>
      {progress !== null && <Progress mt={4} value={progress * 100} aria-label={t.files.uploading} transitionDuration={0} />}
      {tooLarge && <div role="alert" style={{ color: "var(--desk-overdue)", fontSize: "0.8125rem" }}>{tooLarge}</div>}
      <ProblemAlert error={error} />
    </div>
  );
}
