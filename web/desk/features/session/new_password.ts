// new_password.ts - what is wrong with a new password before it is sent.  The server has the last word.
import type { Texts } from "../../i18n/vi.ts";

const shortest = 12;

export function newPasswordProblem(password: string, repeated: string, t: Texts): string | null {
  // Characters as people count them: "ế" is one, however it was typed.
  if (Array.from(password.normalize("NFC")).length < shortest) return t.session.change.tooShort;
  if (password !== repeated) return t.session.change.differ;
  return null;
}
