// reveal.tsx - what is masked for whoever has no task in a dossier, shown for a reason.
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { Dossier } from "@shared/schemas.ts";
import { client } from "../../api/client.ts";
import { RevealForm } from "../../components/reveal_form.tsx";
import { useLanguage } from "../../i18n/language.tsx";

export const revealDossier = (id: string, reason: string) => client.post<Dossier>("/api/v1/dossiers/{id}/reveal", { path: { id }, body: { reason } });

// Shows the dossier as it may be seen: masked, with a way to see it whole.  What was revealed is
// kept by this page alone.
export function Revealed({ dossier, children }: { dossier: Dossier; children: (shown: Dossier) => ReactNode }) {
  const { t } = useLanguage();
  const reveal = useMutation({ mutationFn: (reason: string) => revealDossier(dossier.id, reason) });
  const whole = reveal.data?.version === dossier.version ? reveal.data : undefined;
  if (!dossier.masked || whole) return <>{children(whole ?? dossier)}</>;
  return (
    <>
      <RevealForm note={t.dossier.masked} kept={t.dossier.revealKept} pending={reveal.isPending} error={reveal.error} onReveal={reveal.mutate} />
      {children(dossier)}
    </>
  );
}
