// totp_card.tsx - the authenticator application of one's own account.
import { Button, Code, Group, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import type { NewFactor } from "@shared/schemas.ts";
import { client } from "../../api/client.ts";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { useDay } from "./day_text.ts";
import { QrPicture } from "./qr_picture.tsx";
import classes from "./security.module.css";

export interface FactorCardProps {
  guarded: <T>(action: () => Promise<T>) => Promise<T>;
  onNewFactor: (made: NewFactor) => void;
  onChanged: () => void;
}

interface NewTotp {
  secret: string;
  uri: string;
  qr: string[];
}

export function TotpCard({ since, guarded, onNewFactor, onChanged }: FactorCardProps & { since: string | null }) {
  const { t } = useLanguage();
  const day = useDay();
  const words = t.security;
  const [fresh, setFresh] = useState<NewTotp | null>(null);
  const [code, setCode] = useState("");
  const begin = useMutation({
    mutationFn: () => guarded(() => client.post<NewTotp>("/api/v1/security/totp")),
    onSuccess: setFresh,
  });
  const confirm = useMutation({
    mutationFn: () => client.put<NewFactor>("/api/v1/security/totp", { body: { code: code.replaceAll(" ", "") }, retries: 0 }),
    onSuccess: (made) => {
      setFresh(null);
      setCode("");
      onNewFactor(made);
    },
    onError: () => setCode(""),
  });
  const remove = useMutation({
    mutationFn: () => guarded(() => client.remove("/api/v1/security/totp")),
    onSuccess: onChanged,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (code.trim() !== "") confirm.mutate();
  };
  return (
    <section className={classes["card"]} aria-labelledby="totp-heading">
      <h2 id="totp-heading">{words.totp}</h2>
      <p className="quiet">{words.totpWhat}</p>
      <ProblemAlert error={begin.error ?? confirm.error ?? remove.error} />
      {since !== null && fresh === null && <p>{words.totpOn(day(since))}</p>}
      {fresh === null ? (
        <Group gap="xs">
          <Button variant={since === null ? "filled" : "default"} loading={begin.isPending} onClick={() => begin.mutate()}>
            {since === null ? words.totpSetUp : words.totpAnew}
          </Button>
          {since !== null && (
            <Button variant="light" color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
              {words.totpRemove}
            </Button>
          )}
        </Group>
      ) : (
        <form onSubmit={submit} noValidate>
          <p>{words.totpScan}</p>
          <QrPicture rows={fresh.qr} label={words.totpQr} />
          <p>
            {words.totpType}
            <br />
            <Code fz="sm">{fresh.secret.replace(/(.{4})(?=.)/g, "$1 ")}</Code>
          </p>
          <TextInput label={t.factor.code} inputMode="numeric" autoComplete="one-time-code" maxLength={9} w={200} value={code} onChange={(event) => setCode(event.currentTarget.value)} />
          <Group mt="sm" gap="xs">
            <Button type="submit" loading={confirm.isPending}>
              {words.totpFinish}
            </Button>
            <Button variant="default" onClick={() => setFresh(null)}>
              {t.common.cancel}
            </Button>
          </Group>
        </form>
      )}
    </section>
  );
}
