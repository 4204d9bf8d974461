// id_card_field.tsx - takes what the scanner types from the ID card and turns it into a person.
import { Alert, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { client } from "../../api/client.ts";
import { Icon } from "../../components/icon.tsx";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import type { IdCard } from "./card.ts";
import classes from "./intake.module.css";

interface Props {
  // Says how many answers it filled.
  onCard: (card: IdCard) => number;
}

export function IdCardField({ onCard }: Props) {
  const { t, say } = useLanguage();
  const [payload, setPayload] = useState("");
  const [filled, setFilled] = useState<{ name: string; count: number } | null>(null);
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => box.current?.focus(), []);
  const read = useMutation({
    mutationFn: (text: string) => client.post<IdCard>("/api/v1/intake/id-card", { body: { payload: text } }),
    onSuccess: (card) => {
      setPayload("");
      setFilled({ name: card.name, count: onCard(card) });
    },
    onError: () => box.current?.select(),
  });
  return (
    <div className={classes["card"]}>
      <TextInput
        ref={box}
        label={t.intake.card}
        description={t.intake.cardHint}
        leftSection={<Icon name="card" />}
        autoComplete="off"
        spellCheck={false}
        maxLength={1000}
        value={payload}
        disabled={read.isPending}
        onChange={(event) => setPayload(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
          event.preventDefault();
          if (payload.trim() !== "") read.mutate(payload.trim());
        }}
      />
      <ProblemAlert error={read.error} />
      {filled && !read.isError && (
        <p role="status" className={classes["filled"]}>
          <Icon name="check" size={15} /> {t.intake.cardFilled(filled.name, filled.count)}
        </p>
      )}
      {read.data?.warnings && read.data.warnings.length > 0 && (
        <Alert color="yellow" icon={<Icon name="warning" />}>
          {read.data.warnings.map((warning) => (
            <div key={warning.vi}>{say(warning)}</div>
          ))}
        </Alert>
      )}
    </div>
  );
}
