// citizen.ts - what a citizen does on the portal, again and again.
import { expect } from "vitest";
import type { Page } from "playwright-core";
import { answer, type Given } from "./answering.ts";
import { daysAgo } from "./days.ts";
import type { Paper } from "./papers.ts";

export const goOn = (page: Page) => page.getByRole("button", { name: "Tiếp tục", exact: true }).click();

export const heading = (page: Page) => page.getByRole("heading", { level: 1 });

// The page with this title, which is there when its heading is.
export async function atPage(page: Page, title: string | RegExp): Promise<void> {
  await page.getByRole("heading", { level: 1, name: title }).waitFor();
}

export async function startFiling(page: Page, procedure: string): Promise<void> {
  await page.goto(`/thu-tuc/${procedure}`);
  await page.getByRole("button", { name: "Nộp hồ sơ trực tuyến" }).first().click();
  await atPage(page, "Các phần cần làm");
}

export async function upload(page: Page, paper: Paper, camera = false): Promise<void> {
  const input = camera ? page.locator('input[type="file"][capture]') : page.locator('input[type="file"]:not([capture])');
  await input.first().setInputFiles(paper);
  await page.getByRole("list", { name: "Tệp đã tải lên" }).getByText(paper.name.replace(/\.\w+$/, "")).first().waitFor();
  await page.getByText(`Đã tải lên ${paper.name}`).waitFor({ state: "attached" });
}

export interface Receipt {
  code: string;
  secret: string;
}

export async function readReceipt(page: Page): Promise<Receipt> {
  await page.getByTestId("dossier-code").waitFor();
  const code = (await page.getByTestId("dossier-code").innerText()).trim();
  const secret = (await page.getByTestId("dossier-secret").innerText()).trim();
  expect(code).toMatch(/^H41\.\d{3}(\.\d{2})?-\d{6}-\d{4}$/);
  return { code, secret };
}

// A birth registered in time by the mother, page by page.
export const birth: { page: string; title: string; given: Given }[] = [
  {
    page: "requester",
    title: "Người đi đăng ký",
    given: { requester_name: "Trần Thị Hoa", requester_id: "040196001234", relation: "Mẹ", requester_phone: "0912345678", requester_email: "hoa@example.vn" },
  },
  {
    page: "child",
    title: "Về trẻ",
    given: {
      child_situation: "Thông thường",
      child_name: "Nguyễn Trần Bảo An",
      child_birth_date: daysAgo(10),
      child_sex: "Nữ",
      child_ethnicity: "Kinh",
      child_hometown: "Xã Kim Liên, tỉnh Nghệ An",
    },
  },
  { page: "birth", title: "Việc sinh", given: { birth_place: "Bệnh viện Sản Nhi Nghệ An", birth_proof: "Giấy chứng sinh của cơ sở y tế" } },
  {
    page: "mother",
    title: "Người mẹ",
    given: { mother_name: "Trần Thị Hoa", mother_id: "040196001234", mother_birth_date: "1996-03-12", mother_ethnicity: "Kinh", mother_residence: "Khối 5, phường Thành Vinh, tỉnh Nghệ An" },
  },
  {
    page: "father",
    title: "Người cha",
    given: { father_declared: "Có" },
  },
  {
    page: "marriage",
    title: "Việc kết hôn của cha mẹ",
    given: { marriage_registration: "Đã đăng ký kết hôn, biết số giấy", marriage_certificate_number: "88/2020", marriage_date: "2020-05-20", marriage_office: "Ủy ban nhân dân phường Thành Vinh" },
  },
  { page: "office", title: "Nơi đăng ký và lệ phí", given: { registration_commune: "thanh vinh", extract_copies: "2" } },
];

export const father: Given = {
  father_name: "Nguyễn Văn Bình",
  father_id: "040092004321",
  father_birth_date: "1992",
  father_ethnicity: "Kinh",
  father_residence: "Khối 5, phường Thành Vinh, tỉnh Nghệ An",
};

// Questions that one answer opens appear at once or after "Tiếp tục"; both are fine.
export async function answerBirthPage(page: Page, at: number): Promise<void> {
  const part = birth[at];
  if (!part) throw new Error(`there is no page ${at}`);
  await atPage(page, part.title);
  const { marriage_certificate_number, marriage_date, marriage_office, ...first } = part.given;
  await answer(page, first);
  const later: Given = part.page === "father" ? father : part.page === "marriage" ? { marriage_certificate_number: marriage_certificate_number ?? "", marriage_date: marriage_date ?? "", marriage_office: marriage_office ?? "" } : {};
  await answer(page, later);
}
