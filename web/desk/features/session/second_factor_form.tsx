// second_factor_form.tsx - the second step of signing in, and the confirmation before what cannot be
// taken back.
import { Alert, Anchor, Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import type { FactorMethod, PasskeyRequest, Session } from "@shared/schemas.ts";
import { client, renewCsrfToken } from "../../api/client.ts";
import { Icon } from "../../components/icon.tsx";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { passkeysWork, signWithPasskey } from "./passkey.ts";

// Without a second factor the password is asked once more.
type Way = FactorMethod | "password";

interface Props {
  methods: FactorMethod[];
  onDone: (session: Session) => void;
  onCancel?: () => void;
  cancelLabel?: string;
}

export function SecondFactorForm({ methods, onDone, onCancel, cancelLabel }: Props) {
  const { t } = useLanguage();
  const words = t.factor;
  const ways: Way[] = methods.filter((one) => one !== "passkey" || passkeysWork());
  if (methods.length === 0) ways.push("password");
  const [way, setWay] = useState<Way>(ways[0] ?? "recovery_code");
  const [code, setCode] = useState("");
  const [missing, setMissing] = useState(false);
  const [givenUp, setGivenUp] = useState(false);

  const send = useMutation({
    // What was sent may have been used up, so that it is not sent again by itself.
    mutationFn: (proof: object) => client.post<Session>("/api/v1/session/second-factor", { body: proof, retries: 0 }),
    onSuccess: (session) => {
      renewCsrfToken(session.csrf_token);
      onDone(session);
    },
    onError: () => setCode(""),
  });
  const touch = useMutation({
    mutationFn: async () => {
      setGivenUp(false);
      const request = await client.post<PasskeyRequest>("/api/v1/session/passkey-challenge");
      return signWithPasskey(request);
    },
    onSuccess: (passkey) => (passkey === null ? setGivenUp(true) : send.mutate({ passkey })),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (way === "passkey") return touch.mutate();
    const typed = way === "password" ? code : code.replaceAll(" ", "");
    setMissing(typed === "");
    if (typed !== "") send.mutate({ [way]: typed });
  };
  const turnTo = (next: Way) => {
    setWay(next);
    setCode("");
    setMissing(false);
    setGivenUp(false);
    send.reset();
    touch.reset();
  };
  const field = { mt: "md" as const, size: "md" as const, value: code, autoFocus: true, spellCheck: false };
  return (
    <form onSubmit={submit} noValidate>
      {missing && <Alert role="alert" color="red" my="sm" icon={<Icon name="warning" />}>{words.typeIt}</Alert>}
      {givenUp && <Alert role="alert" color="red" my="sm" icon={<Icon name="warning" />}>{words.givenUp}</Alert>}
      {!missing && !givenUp && <ProblemAlert error={send.error ?? touch.error} />}
      {way === "totp" && (
        <TextInput {...field} key="totp" label={words.code} description={words.codeHint} inputMode="numeric" autoComplete="one-time-code" maxLength={9} onChange={(event) => setCode(event.currentTarget.value)} />
      )}
      {way === "recovery_code" && (
        <TextInput {...field} key="recovery" label={words.recoveryCode} description={words.recoveryHint} autoComplete="off" autoCapitalize="characters" maxLength={20} onChange={(event) => setCode(event.currentTarget.value)} />
      )}
      {way === "password" && (
        <PasswordInput {...field} key="password" label={t.session.password} autoComplete="current-password" onChange={(event) => setCode(event.currentTarget.value)} visibilityToggleButtonProps={{ "aria-label": t.session.show, tabIndex: 0 }} />
      )}
      {way === "passkey" && <p>{words.passkeyHint}</p>}
      <Button mt="lg" size="md" fullWidth type="submit" loading={send.isPending || touch.isPending}>
        {way === "passkey" ? words.usePasskey : words.confirm}
      </Button>
      {ways
        .filter((one) => one !== way)
        .map((one) => (
          <Anchor key={one} component="button" type="button" display="block" mt="sm" size="sm" onClick={() => turnTo(one)}>
            {words.insteadOf[one]}
          </Anchor>
        ))}
      {onCancel && (
        <Anchor component="button" type="button" display="block" mt="sm" size="sm" onClick={onCancel}>
          {cancelLabel ?? t.common.cancel}
        </Anchor>
      )}
    </form>
  );
}
