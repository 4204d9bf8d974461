// reveal.tsx - what is masked for whoever has no task in a dossier, shown for a reason.
import { Button, Group, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import type { Dossier } from "@shared/schemas.ts";
import { client } from "../../api/client.ts";
import { Icon } from "../../components/icon.tsx";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { useLanguage } from "../../i18n/language.tsx";

const reasonMin = 5;

export const revealDossier = (id: string, reason: string) => client.post<Dossier>("/api/v1/dossiers/{id}/reveal", { path: { id }, body: { reason } });

// Shows the dossier as it may be seen: masked, with a way to see it whole.  What was revealed is
// kept by this page alone.
export function Revealed({ dossier, children }: { dossier: Dossier; children: (shown: Dossier) => ReactNode }) {
  const { t } = useLanguage();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const [short, setShort] = useState(false);
  const reveal = useMutation({ mutationFn: () => revealDossier(dossier.id, reason.trim()) });
  const whole = reveal.data?.version === dossier.version ? reveal.data : undefined;
  if (!dossier.masked || whole) return <>{children(whole ?? dossier)}</>;
  return (
    <>
      <Group gap="xs" mb="sm" role="note">
        <span className="quiet">
          <Icon name="lock" size={14} /> {t.dossier.masked}
        </span>
        {!open && (
          <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
            {t.dossier.reveal}
          </Button>
        )}
      </Group>
      {open && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            const enough = reason.trim().length >= reasonMin;
            setShort(!enough);
            if (enough && !reveal.isPending) reveal.mutate();
          }}
        >
          <Group align="flex-end" mb="sm">
            <TextInput
              w={360}
              maw="100%"
              label={t.dossier.revealReason}
              description={t.dossier.revealKept}
              value={reason}
              maxLength={500}
              autoFocus
              error={short ? t.dossier.revealTooShort : undefined}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
            <Button type="submit" loading={reveal.isPending}>
              {t.dossier.reveal}
            </Button>
          </Group>
          {reveal.error && <ProblemAlert error={reveal.error} />}
        </form>
      )}
      {children(dossier)}
    </>
  );
}
