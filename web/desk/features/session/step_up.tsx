// step_up.tsx - does something that the server wants confirmed: asks for the second factor when it
// says so, then does it.
//
//   const { guarded, dialog } = useStepUp();
//   const remove = useMutation({ mutationFn: () => guarded(() => client.remove(…)) });
import { Modal } from "@mantine/core";
import { useCallback, useRef, useState, type ReactNode } from "react";
import { Problem } from "@shared/api/problem.ts";
import type { FactorMethod, Security } from "@shared/schemas.ts";
import { client } from "../../api/client.ts";
import { useLanguage } from "../../i18n/language.tsx";
import { SecondFactorForm } from "./second_factor_form.tsx";

interface StepUp {
  guarded: <T>(action: () => Promise<T>) => Promise<T>;
  dialog: ReactNode;
}

export function methodsOf(security: Security): FactorMethod[] {
  const methods: FactorMethod[] = [];
  if (security.passkeys_offered && security.passkeys.some((one) => !one.doubted_at)) methods.push("passkey");
  if (security.totp !== null) methods.push("totp");
  if (security.recovery_codes_left > 0) methods.push("recovery_code");
  return methods;
}

export function useStepUp(): StepUp {
  const { t } = useLanguage();
  const [methods, setMethods] = useState<FactorMethod[] | null>(null);
  const answer = useRef<(confirmed: boolean) => void>(() => undefined);

  const guarded = useCallback(async <T,>(action: () => Promise<T>): Promise<T> => {
    try {
      return await action();
    } catch (error) {
      if (!(error instanceof Problem) || error.slug !== "confirmation-required") throw error;
      const security = await client.get<Security>("/api/v1/security");
      const confirmed = await new Promise<boolean>((done) => {
        answer.current = done;
        setMethods(methodsOf(security));
      });
      setMethods(null);
      if (!confirmed) throw error;
      return action();
    }
  }, []);

  const dialog = methods && (
    <Modal opened onClose={() => answer.current(false)} title={t.factor.confirmTitle} zIndex={500} closeButtonProps={{ "aria-label": t.common.close }}>
      <p>{t.factor.confirmLead}</p>
      <SecondFactorForm methods={methods} onDone={() => answer.current(true)} onCancel={() => answer.current(false)} />
    </Modal>
  );
  return { guarded, dialog };
}
