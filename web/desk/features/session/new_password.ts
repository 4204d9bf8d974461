// new_password.ts - what is wrong with a new password before it is sent.  The server has the last word.
import type { PasswordRules } from "@shared/schemas.ts";
import type { Texts } from "../../i18n/vi.ts";

const usual: PasswordRules = { length_min: 15, four_kinds: false, history: 0 };

export const passwordHint = (t: Texts, rules: PasswordRules = usual): string =>
  rules.four_kinds ? t.session.change.hintKinds(String(rules.length_min)) : t.session.change.hint(String(rules.length_min));

export function newPasswordProblem(password: string, repeated: string, t: Texts, rules: PasswordRules = usual): string | null {
  // Characters as people count them: "ế" is one, however it was typed.
  if (Array.from(password.normalize("NFC")).length < rules.length_min) return t.session.change.tooShort(String(rules.length_min));
  if (password !== repeated) return t.session.change.differ;
  return null;
}
