// lock_screen.tsx - over a page where nothing was done for a while: it stays below as it is, and
// opens for the same person alone.
import { Anchor, Button, Modal, PasswordInput, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import type { FactorMethod, Officer, PasskeyRequest, Session } from "@shared/schemas.ts";
import { client, renewCsrfToken } from "../../api/client.ts";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { passkeysWork, signWithPasskey } from "./passkey.ts";

interface Props {
  officer: Pick<Officer, "name" | "username"> | undefined;
  methods: FactorMethod[];
  onUnlocked: (session: Session) => void;
  onSignOut: () => void;
}

export function UnlockForm({ officer, methods, onUnlocked, onSignOut }: Props) {
  const { t } = useLanguage();
  const words = t.lock;
  const [password, setPassword] = useState("");
  const unlock = useMutation({
    mutationFn: (proof: object) => client.post<Session>("/api/v1/session/unlock", { body: proof, retries: 0 }),
    onSuccess: (session) => {
      renewCsrfToken(session.csrf_token);
      onUnlocked(session);
    },
    onError: () => setPassword(""),
  });
  const touch = useMutation({
    mutationFn: async () => signWithPasskey(await client.post<PasskeyRequest>("/api/v1/session/passkey-challenge")),
    onSuccess: (passkey) => {
      if (passkey !== null) unlock.mutate({ passkey });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (password !== "") unlock.mutate({ password });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Text size="sm" className="quiet">{words.lead}</Text>
      <p>
        <strong>{officer?.name}</strong> <span className="quiet">({officer?.username})</span>
      </p>
      <ProblemAlert error={unlock.error ?? touch.error} />
      <input type="hidden" autoComplete="username" value={officer?.username ?? ""} readOnly />
      <PasswordInput label={t.session.password} autoComplete="current-password" data-autofocus autoFocus value={password} onChange={(event) => setPassword(event.currentTarget.value)} visibilityToggleButtonProps={{ "aria-label": t.session.show, tabIndex: 0 }} />
      <Button mt="md" fullWidth type="submit" loading={unlock.isPending}>
        {words.unlock}
      </Button>
      {methods.includes("passkey") && passkeysWork() && (
        <Button mt="sm" fullWidth variant="default" loading={touch.isPending} onClick={() => touch.mutate()}>
          {t.factor.usePasskey}
        </Button>
      )}
      <Anchor component="button" type="button" display="block" mt="sm" size="sm" onClick={onSignOut}>
        {t.factor.otherAccount}
      </Anchor>
    </form>
  );
}

export function LockScreen(props: Props) {
  const { t } = useLanguage();
  return (
    <Modal
      opened
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={t.lock.title}
      zIndex={1000}
      overlayProps={{ backgroundOpacity: 1, color: "#e8f0f8" }}
    >
      <UnlockForm {...props} />
    </Modal>
  );
}
