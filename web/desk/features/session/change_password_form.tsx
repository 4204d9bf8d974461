// change_password_form.tsx - one's own password, also the forced change after the first sign-in.
import { Alert, Button, PasswordInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { client } from "../../api/client.ts";
import { useSession } from "../../api/queries.ts";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { newPasswordProblem, passwordHint } from "./new_password.ts";

export function ChangePasswordForm({ onChanged }: { onChanged: () => void }) {
  const { t } = useLanguage();
  const rules = useSession().data?.password_rules;
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [repeated, setRepeated] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const change = useMutation({
    mutationFn: () => client.post("/api/v1/session/password", { body: { current, new: next } }),
    onSuccess: onChanged,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const problem = newPasswordProblem(next, repeated, t, rules);
    setWrong(problem);
    if (problem === null) change.mutate();
  };
  const eye = { visibilityToggleButtonProps: { "aria-label": t.session.show, tabIndex: 0 } };
  return (
    <form onSubmit={submit} noValidate>
      {wrong ? <Alert role="alert" color="red" my="sm">{wrong}</Alert> : <ProblemAlert error={change.error} />}
      <PasswordInput mt="md" label={t.session.change.current} autoComplete="current-password" value={current} onChange={(event) => setCurrent(event.currentTarget.value)} {...eye} />
      <PasswordInput mt="sm" label={t.session.change.next} description={passwordHint(t, rules)} autoComplete="new-password" value={next} onChange={(event) => setNext(event.currentTarget.value)} {...eye} />
      <PasswordInput mt="sm" label={t.session.change.repeat} autoComplete="new-password" value={repeated} onChange={(event) => setRepeated(event.currentTarget.value)} {...eye} />
      <Button mt="lg" fullWidth type="submit" loading={change.isPending}>
        {t.session.change.submit}
      </Button>
    </form>
  );
}
