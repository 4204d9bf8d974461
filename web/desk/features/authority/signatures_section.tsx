// signatures_section.tsx - every signature of a dossier, held against the authority of its moment.
import { Badge, Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { formatDateTime } from "@shared/format.ts";
import type { Text } from "@shared/schemas.ts";
import { client } from "../../api/client.ts";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { BasisMark } from "./basis_mark.tsx";

interface Checked {
  sequence: number;
  at: string;
  what: Text;
  officer: { id: string; name: string };
  authorised: boolean;
  text: Text;
  basis: unknown;
}

export function SignaturesSection({ id }: { id: string }) {
  const { t, say } = useLanguage();
  const words = t.authority;
  const [asked, setAsked] = useState(false);
  const found = useQuery({
    queryKey: ["signatures", id],
    queryFn: () => client.get<{ items: Checked[] }>("/api/v1/dossiers/{id}/signatures", { path: { id } }),
    enabled: asked,
  });
  return (
    <section aria-label={words.signatures}>
      <h2>{words.signatures}</h2>
      <p className="quiet">{words.signaturesLead}</p>
      {!asked && (
        <Button size="compact-sm" variant="default" onClick={() => setAsked(true)}>
          {words.checkSignatures}
        </Button>
      )}
      <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
      {found.data?.items.length === 0 && <p role="status">{words.noSignature}</p>}
      <ul>
        {found.data?.items.map((one) => (
          <li key={one.sequence}>
            <span className="figures">{formatDateTime(one.at)}</span> {say(one.what)}: <strong>{one.officer.name}</strong> <BasisMark basis={one.basis} />{" "}
            <Badge color={one.authorised ? "green" : "red"} variant="light" radius="sm" tt="none">
              {one.authorised ? words.authorised : words.notAuthorised}
            </Badge>
            <div className="quiet">{say(one.text)}</div>
          </li>
        ))}
      </ul>
    </section>
  );
}
