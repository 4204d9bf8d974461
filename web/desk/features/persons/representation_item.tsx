// representation_item.tsx - who acts for whom by which paper; revoked from here with a reason.
import { Button, Group, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { newIntentKey } from "@shared/api/intent.ts";
import { formatDate } from "@shared/format.ts";
import { revokeRepresentation, type Representation } from "../../api/persons.ts";
import { announceDone } from "../../components/announce.ts";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import classes from "./persons.module.css";

interface Props {
  one: Representation;
  name: string;
  onChanged: () => void;
}

export function RepresentationItem({ one, name, onChanged }: Props) {
  const { t, say } = useLanguage();
  const words = t.persons;
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const [key] = useState(newIntentKey);
  const revoke = useMutation({
    mutationFn: () => revokeRepresentation(one.id, reason.trim(), key),
    onSuccess: () => {
      announceDone(words.revoked);
      onChanged();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(reason.trim() === "");
    if (reason.trim() !== "") revoke.mutate();
  };
  const kind = words.kinds[one.kind] ?? one.kind;
  const over = one.revoked_on !== undefined;
  const days = [one.from && words.from(formatDate(one.from)), (one.last_day ?? one.until) && words.until(formatDate(one.last_day ?? one.until ?? ""))].filter(Boolean).join(" ");
  const paper = [say(one.evidence.title ? { vi: one.evidence.title, en: one.evidence.title } : null), one.evidence.number, one.evidence.issuer].filter(Boolean).join(", ");
  return (
    <li className={classes["one"]} data-over={over}>
      <strong>{one.acts ? words.actsFor(name, one.other ?? "") : words.actsFor(one.other ?? "", name)}</strong>
      <div>
        {kind}
        {days !== "" && ` · ${days}`} · {one.procedures.all === false ? words.someProcedures((one.procedures.codes ?? one.procedures.fields ?? []).join(", ")) : words.allProcedures}
      </div>
      <div className="quiet">
        {paper} {one.evidence.issued_on && `(${formatDate(one.evidence.issued_on)})`} · {words.recordedOn(formatDate(one.recorded_on))}
      </div>
      {over && <div>{words.revokedOn(formatDate(one.revoked_on ?? ""), one.revoked_why ?? "")}</div>}
      {!over && !asking && (
        <Button mt={4} size="compact-sm" variant="default" onClick={() => setAsking(true)} aria-label={words.revokeOf(one.other ?? "")}>
          {words.revoke}
        </Button>
      )}
      {!over && asking && (
        <form onSubmit={submit} noValidate>
          <p className="quiet">{words.revokeLead}</p>
          <Group align="flex-start" gap="xs">
            <TextInput aria-label={words.reason} placeholder={words.reason} w={320} maw="100%" maxLength={500} autoFocus value={reason} error={missing ? words.reasonMissing : null} onChange={(event) => setReason(event.currentTarget.value)} />
            <Button type="submit" color="red" loading={revoke.isPending}>
              {words.revoke}
            </Button>
            <Button variant="default" onClick={() => setAsking(false)}>
              {t.common.cancel}
            </Button>
          </Group>
          <ProblemAlert error={revoke.error} />
        </form>
      )}
    </li>
  );
}
