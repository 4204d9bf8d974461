// setup_form.tsx - creates the first administrator out of the link that the server printed.
//
// The token stands behind "#", so that it is in no log and no Referer.
import { Alert, Button, PasswordInput, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useLocation } from "wouter";
import { client } from "../../api/client.ts";
import { Loading } from "../../components/loading.tsx";
import { useSession } from "../../api/queries.ts";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { newPasswordProblem, passwordHint } from "./new_password.ts";

export function SetupForm({ onDone }: { onDone: () => void }) {
  const { t } = useLanguage();
  const rules = useSession().data?.password_rules;
  const [, navigate] = useLocation();
  const [token] = useState(() => decodeURIComponent(location.hash.slice(1)));
  const [name, setName] = useState("");
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [repeated, setRepeated] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const setup = useQuery({ queryKey: ["setup"], queryFn: () => client.get<{ needed: boolean }>("/api/v1/setup") });
  const create = useMutation({
    mutationFn: () => client.post("/api/v1/setup", { body: { token, username: username.trim(), password, name: name.trim() } }),
    onSuccess: () => {
      onDone();
      navigate("/", { replace: true });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const problem = name.trim() === "" || username.trim() === "" ? t.common.required : newPasswordProblem(password, repeated, t, rules);
    setWrong(problem);
    if (problem === null) create.mutate();
  };

  if (setup.isPending) return <Loading />;
  if (setup.isError) return <ProblemAlert error={setup.error} onRetry={() => void setup.refetch()} />;
  if (!setup.data.needed || token === "") {
    return (
      <>
        <Alert color={setup.data.needed ? "red" : "lake"} my="md">
          {setup.data.needed ? t.session.setup.noToken : t.session.setup.notNeeded}
        </Alert>
        <Button onClick={() => navigate("/", { replace: true })}>{t.session.setup.toSignIn}</Button>
      </>
    );
  }
  return (
    <form onSubmit={submit} noValidate>
      <Text size="sm" className="quiet" mt={4}>{t.session.setup.lead}</Text>
      {wrong ? <Alert role="alert" color="red" my="sm">{wrong}</Alert> : <ProblemAlert error={create.error} />}
      <TextInput mt="md" label={t.session.setup.name} autoComplete="name" value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <TextInput mt="sm" label={t.session.username} autoComplete="username" autoCapitalize="none" spellCheck={false} value={username} onChange={(event) => setUsername(event.currentTarget.value)} />
      <PasswordInput mt="sm" label={t.session.password} description={passwordHint(t, rules)} autoComplete="new-password" value={password} onChange={(event) => setPassword(event.currentTarget.value)} visibilityToggleButtonProps={{ "aria-label": t.session.show, tabIndex: 0 }} />
      <PasswordInput mt="sm" label={t.session.change.repeat} autoComplete="new-password" value={repeated} onChange={(event) => setRepeated(event.currentTarget.value)} visibilityToggleButtonProps={{ "aria-label": t.session.show, tabIndex: 0 }} />
      <Button mt="lg" fullWidth type="submit" loading={create.isPending}>
        {t.session.setup.submit}
      </Button>
    </form>
  );
}
