// reveal_form.tsx - what is covered is shown for a reason, which is kept.
import { Button, Group, TextInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { useLanguage } from "../i18n/language.tsx";
import { Icon } from "./icon.tsx";
import { ProblemAlert } from "./problem_alert.tsx";

const reasonMin = 5;

interface Props {
  // What is covered, and where the reason is kept.
  note: string;
  kept: string;
  pending: boolean;
  error: unknown;
  onReveal: (reason: string) => void;
}

export function RevealForm({ note, kept, pending, error, onReveal }: Props) {
  const { t } = useLanguage();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const [short, setShort] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const enough = reason.trim().length >= reasonMin;
    setShort(!enough);
    if (enough && !pending) onReveal(reason.trim());
  };
  return (
    <>
      <Group gap="xs" mb="sm" role="note">
        <span className="quiet">
          <Icon name="lock" size={14} /> {note}
        </span>
        {!open && (
          <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
            {t.dossier.reveal}
          </Button>
        )}
      </Group>
      {open && (
        <form onSubmit={submit}>
          <Group align="flex-end" mb="sm">
            <TextInput
              w={360}
              maw="100%"
              label={t.dossier.revealReason}
              description={kept}
              value={reason}
              maxLength={500}
              autoFocus
              error={short ? t.dossier.revealTooShort : undefined}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
            <Button type="submit" loading={pending}>
              {t.dossier.reveal}
            </Button>
          </Group>
          <ProblemAlert error={error} />
        </form>
      )}
    </>
  );
}
