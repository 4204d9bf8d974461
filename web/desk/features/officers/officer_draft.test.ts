import { expect, test } from "vitest";
import type { Officer } from "@shared/schemas.ts";
import { bodyOf, draftOf, identityIsWrong } from "./officer_draft.ts";

const known = { identity_number: "*********321" } as Officer;

test("an identity number is twelve digits, typed with or without spaces", () => {
  const typed = (identity_number: string) => ({ ...draftOf(null), identity_number });
  expect(identityIsWrong(typed(""), null)).toBe(false);
  expect(identityIsWrong(typed("0401 9600 4321"), null)).toBe(false);
  expect(bodyOf(typed("0401 9600 4321")).identity_number).toBe("040196004321");
  for (const wrong of ["04019600432", "0401960043211", "04019600432a", "*********321"]) expect(identityIsWrong(typed(wrong), null), wrong).toBe(true);
});

test("a masked one that was not touched is sent as it came", () => {
  expect(identityIsWrong(draftOf(known), known)).toBe(false);
  expect(bodyOf(draftOf(known)).identity_number).toBe("*********321");
  expect(identityIsWrong({ ...draftOf(known), identity_number: "*********322" }, known)).toBe(true);
});
