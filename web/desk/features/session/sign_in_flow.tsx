// sign_in_flow.tsx - user name and password, then the second factor where there is one.
import { useState } from "react";
import type { Session } from "@shared/schemas.ts";
import { client } from "../../api/client.ts";
import { useLanguage } from "../../i18n/language.tsx";
import { SecondFactorForm } from "./second_factor_form.tsx";
import { SignInForm } from "./sign_in_form.tsx";

interface Props {
  // That waits for its second factor: the page was loaded anew in between.
  waiting?: Session | null;
  note?: string | null;
  onSignedIn: () => void;
}

export function SignInFlow({ waiting = null, note, onSignedIn }: Props) {
  const { t } = useLanguage();
  const [pending, setPending] = useState<Session | null>(waiting);
  if (pending === null) {
    return <SignInForm note={note ?? null} onSignedIn={(session) => (session.signed_in ? onSignedIn() : setPending(session))} />;
  }
  const startAnew = () => {
    void client.remove("/api/v1/session").catch(() => undefined);
    setPending(null);
  };
  return (
    <>
      <p>{t.factor.lead}</p>
      <SecondFactorForm methods={pending.second_factor ?? []} onDone={onSignedIn} onCancel={startAnew} cancelLabel={t.factor.otherAccount} />
    </>
  );
}
