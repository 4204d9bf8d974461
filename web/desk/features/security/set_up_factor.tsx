// set_up_factor.tsx - before work: the account has to have a second factor and has none.
import { useState } from "react";
import type { NewFactor } from "@shared/schemas.ts";
import { renewCsrfToken } from "../../api/client.ts";
import { Loading } from "../../components/loading.tsx";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { PasskeysCard } from "./passkeys_card.tsx";
import { RecoveryCodes } from "./recovery_codes.tsx";
import classes from "./security.module.css";
import { useSecurity } from "./security_page.tsx";
import { TotpCard } from "./totp_card.tsx";

// The first factor is confirmed by nothing but itself.
const guarded = <T,>(action: () => Promise<T>): Promise<T> => action();

export default function SetUpFactor({ onDone }: { onDone: () => void }) {
  const security = useSecurity();
  const [codes, setCodes] = useState<string[] | null>(null);
  const onNewFactor = (made: NewFactor) => {
    renewCsrfToken(made.session.csrf_token);
    setCodes(made.recovery_codes);
  };
  if (security.isPending) return <Loading />;
  if (security.isError) return <ProblemAlert error={security.error} onRetry={() => void security.refetch()} />;
  const cards = { guarded, onNewFactor, onChanged: () => void security.refetch() };
  return (
    <div className={classes["cards"]}>
      <TotpCard since={security.data.totp} {...cards} />
      <PasskeysCard passkeys={security.data.passkeys} offered={security.data.passkeys_offered} {...cards} />
      {codes && <RecoveryCodes codes={codes} onClose={onDone} />}
    </div>
  );
}
