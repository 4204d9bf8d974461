// answering.ts - fills questions of a form by their field, whatever control asks them.
import type { Page } from "playwright-core";
import { controlId } from "@shared/form/answers.ts";

// Text, the label of a choice, or a date as 2026-11-05.
export type Given = Record<string, string>;

async function answerOne(page: Page, field: string, value: string): Promise<void> {
  const id = controlId(field);
  const control = page.locator(`[id="${id}"]`);
  await control.waitFor();
  const kind = await control.evaluate((element, boxId) => {
    if (element.tagName === "SELECT") return "select";
    if (element.getAttribute("role") === "combobox") return "combobox";
    if (document.getElementById(`${boxId}-month`)) return "boxes";
    const type = element.getAttribute("type");
    return type === "radio" || type === "checkbox" ? "choice" : "text";
  }, id);
  const date = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
  switch (kind) {
    case "select":
      await control.selectOption({ label: value });
      break;
    case "combobox":
      await control.fill(value);
      await page.getByRole("option").first().waitFor();
      await control.press("ArrowDown");
      await control.press("Enter");
      break;
    case "boxes":
      await control.fill(date?.[3] ?? "");
      await page.locator(`[id="${id}-month"]`).fill(date?.[2] ?? "");
      await page.locator(`[id="${id}-year"]`).fill(date?.[1] ?? value);
      break;
    case "choice":
      await control.locator("xpath=ancestor::fieldset[1]").getByLabel(value, { exact: true }).check();
      break;
    default:
      await control.fill(date ? `${date[3]}/${date[2]}/${date[1]}` : value);
  }
}

export async function answer(page: Page, given: Given): Promise<void> {
  for (const [field, value] of Object.entries(given)) await answerOne(page, field, value);
}
