// security_page.tsx - one's own account: password, second factors, recovery codes, sessions.
import { Alert, Button, Modal } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { NewFactor, Security } from "@shared/schemas.ts";
import { client, renewCsrfToken } from "../../api/client.ts";
import { announceDone } from "../../components/announce.ts";
import { Loading } from "../../components/loading.tsx";
import { PageTitle } from "../../components/page_title.tsx";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { ChangePasswordForm } from "../session/change_password_form.tsx";
import { useStepUp } from "../session/step_up.tsx";
import { useDay } from "./day_text.ts";
import { PasskeysCard } from "./passkeys_card.tsx";
import { RecoveryCodes } from "./recovery_codes.tsx";
import classes from "./security.module.css";
import { SessionsCard } from "./sessions_card.tsx";
import { TotpCard } from "./totp_card.tsx";

export const useSecurity = () => useQuery({ queryKey: ["security"], queryFn: () => client.get<Security>("/api/v1/security") });

export default function SecurityPage() {
  const { t } = useLanguage();
  const words = t.security;
  const day = useDay();
  const cache = useQueryClient();
  const security = useSecurity();
  const { guarded, dialog } = useStepUp();
  const [changing, setChanging] = useState(false);
  const [codes, setCodes] = useState<string[] | null>(null);

  const refresh = () => {
    for (const key of ["security", "own-sessions", "session"]) void cache.invalidateQueries({ queryKey: [key] });
  };
  const onNewFactor = (made: NewFactor) => {
    renewCsrfToken(made.session.csrf_token);
    if (made.recovery_codes.length > 0) setCodes(made.recovery_codes);
    else announceDone(words.done);
    refresh();
  };
  const onRemoved = () => {
    announceDone(words.removed);
    refresh();
  };
  const renew = useMutation({
    mutationFn: () => guarded(() => client.post<{ recovery_codes: string[] }>("/api/v1/security/recovery-codes")),
    onSuccess: (answer) => {
      setCodes(answer.recovery_codes);
      refresh();
    },
  });

  if (security.isPending) return <Loading />;
  if (security.isError) return <ProblemAlert error={security.error} onRetry={() => void security.refetch()} />;
  const account = security.data;
  const cards = { guarded, onNewFactor, onChanged: onRemoved };
  const protectedTwice = account.totp !== null || account.passkeys.length > 0;
  return (
    <div className="page">
      <PageTitle>{words.title}</PageTitle>
      <div className={classes["cards"]}>
        {account.second_factor_required && !protectedTwice && <Alert color="lake">{words.required}</Alert>}
        <section className={classes["card"]} aria-labelledby="password-heading">
          <h2 id="password-heading">{words.password}</h2>
          <p>
            {account.password.changed_at ? words.passwordChanged(day(account.password.changed_at)) : words.passwordNeverChanged}{" "}
            {account.password.ends_at && words.passwordEnds(day(account.password.ends_at))}
          </p>
          <Button variant="default" onClick={() => setChanging(true)}>
            {words.change}
          </Button>
        </section>
        <TotpCard since={account.totp} {...cards} />
        <PasskeysCard passkeys={account.passkeys} offered={account.passkeys_offered} {...cards} />
        <section className={classes["card"]} aria-labelledby="recovery-heading">
          <h2 id="recovery-heading">{words.recovery}</h2>
          <p className="quiet">{words.recoveryWhat}</p>
          <ProblemAlert error={renew.error} />
          {protectedTwice ? (
            <>
              <p>{words.recoveryLeft(account.recovery_codes_left)}</p>
              <Button variant="default" loading={renew.isPending} onClick={() => renew.mutate()}>
                {words.recoveryNew}
              </Button>
            </>
          ) : (
            <p>{words.none}</p>
          )}
        </section>
        <SessionsCard />
      </div>
      <Modal opened={changing} onClose={() => setChanging(false)} title={t.session.change.title} closeButtonProps={{ "aria-label": t.common.close }}>
        <ChangePasswordForm
          onChanged={() => {
            setChanging(false);
            announceDone(t.session.change.done);
            refresh();
          }}
        />
      </Modal>
      {dialog}
      {codes && <RecoveryCodes codes={codes} onClose={() => setCodes(null)} />}
    </div>
  );
}
