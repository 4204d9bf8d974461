// passkeys_card.tsx - the passkeys of one's own account.
import { Alert, Button, Group, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import type { NewFactor, PasskeyCreation, Security } from "@shared/schemas.ts";
import { client } from "../../api/client.ts";
import { Icon } from "../../components/icon.tsx";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { createPasskey, passkeysWork } from "../session/passkey.ts";
import { useDay } from "./day_text.ts";
import classes from "./security.module.css";
import type { FactorCardProps } from "./totp_card.tsx";

interface Props extends FactorCardProps {
  passkeys: Security["passkeys"];
  offered: boolean;
}

export function PasskeysCard({ passkeys, offered, guarded, onNewFactor, onChanged }: Props) {
  const { t } = useLanguage();
  const words = t.security;
  const day = useDay();
  const [name, setName] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const add = useMutation({
    mutationFn: async () => {
      const request = await guarded(() => client.post<PasskeyCreation>("/api/v1/security/passkey-challenge"));
      const made = await createPasskey(request);
      if (made === null) return null;
      return client.post<NewFactor>("/api/v1/security/passkeys", { body: { name: name.trim(), ...made }, retries: 0 });
    },
    onSuccess: (made) => {
      if (made === null) return setWrong(t.factor.givenUp);
      setName("");
      onNewFactor(made);
    },
  });
  const remove = useMutation({
    mutationFn: (id: string) => guarded(() => client.remove("/api/v1/security/passkeys/{id}", { path: { id } })),
    onSuccess: onChanged,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setWrong(name.trim() === "" ? words.passkeyNameMissing : null);
    if (name.trim() !== "") add.mutate();
  };
  return (
    <section className={classes["card"]} aria-labelledby="passkeys-heading">
      <h2 id="passkeys-heading">{words.passkeys}</h2>
      <p className="quiet">{words.passkeysWhat}</p>
      {wrong !== null ? <Alert role="alert" color="red" my="sm" icon={<Icon name="warning" />}>{wrong}</Alert> : <ProblemAlert error={add.error ?? remove.error} />}
      {passkeys.length > 0 && (
        <ul className={classes["list"]}>
          {passkeys.map((one) => (
            <li key={one.id}>
              <div>
                <strong>{one.name}</strong>
                <div className="quiet">
                  {words.since} {day(one.since)} · {words.lastUsed}: {one.used_at ? day(one.used_at) : words.never}
                </div>
                {one.doubted_at && <div className={classes["doubted"]} role="alert">{words.doubted}</div>}
              </div>
              <Button size="compact-sm" variant="default" aria-label={words.passkeyRemove(one.name)} loading={remove.isPending && remove.variables === one.id} onClick={() => remove.mutate(one.id)}>
                {words.remove}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {offered && passkeysWork() ? (
        <form onSubmit={submit} noValidate>
          <Group align="flex-end" gap="xs">
            <TextInput label={words.passkeyName} description={words.passkeyNameHint} autoComplete="off" maxLength={60} w={300} maw="100%" value={name} onChange={(event) => setName(event.currentTarget.value)} />
            <Button type="submit" loading={add.isPending}>
              {words.passkeyAdd}
            </Button>
          </Group>
        </form>
      ) : (
        <p className="quiet">{words.passkeysNotHere}</p>
      )}
    </section>
  );
}
