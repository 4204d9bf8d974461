// sign_in_form.tsx - user name and password for a session.
import { Alert, Button, PasswordInput, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRef, useState, type FormEvent } from "react";
import type { Session } from "@shared/schemas.ts";
import { client, renewCsrfToken } from "../../api/client.ts";
import { Icon } from "../../components/icon.tsx";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { useLanguage } from "../../i18n/language.tsx";

interface Props {
  note?: string | null;
  // Also with a session that still waits for its second factor.
  onSignedIn: (session: Session) => void;
}

export function SignInForm({ note, onSignedIn }: Props) {
  const { t } = useLanguage();
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [missing, setMissing] = useState(false);
  const passwordBox = useRef<HTMLInputElement>(null);
  const signIn = useMutation({
    mutationFn: () => client.post<Session>("/api/v1/session", { body: { username: username.trim(), password } }),
    onSuccess: (session) => {
      renewCsrfToken(session.csrf_token);
      onSignedIn(session);
    },
    onError: () => {
      setPassword("");
      passwordBox.current?.focus();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const incomplete = username.trim() === "" || password === "";
    setMissing(incomplete);
    if (!incomplete) signIn.mutate();
  };
  return (
    <form onSubmit={submit} noValidate>
      {note && (
        <Alert color="lake" my="sm" role="status">
          {note}
        </Alert>
      )}
      {missing && <Alert role="alert" color="red" my="sm" icon={<Icon name="warning" />}>{t.session.fillBoth}</Alert>}
      {!missing && <ProblemAlert error={signIn.error} />}
      <TextInput mt="md" size="md" label={t.session.username} autoComplete="username" autoCapitalize="none" spellCheck={false} autoFocus value={username} onChange={(event) => setUsername(event.currentTarget.value)} />
      <PasswordInput
        mt="sm"
        size="md"
        ref={passwordBox}
        label={t.session.password}
        autoComplete="current-password"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        visibilityToggleButtonProps={{ "aria-label": t.session.show, tabIndex: 0 }}
      />
      <Button mt="lg" size="md" fullWidth type="submit" loading={signIn.isPending}>
        {t.session.signIn}
      </Button>
      <Text size="sm" className="quiet" mt="md">
        {t.session.forgot}
      </Text>
    </form>
  );
}
