// papers.ts - papers as citizens have them, and what is written in the papers that come back.
import { execFileSync } from "node:child_process";
import type { Browser } from "playwright-core";

export interface Paper {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

export async function makePapers(browser: Browser, title: string): Promise<{ scan: Paper; photo: Paper }> {
  const page = await browser.newPage({ viewport: { width: 620, height: 877 } });
  await page.setContent(
    `<html lang="vi"><body style="font: 18px serif; margin: 60px"><h1 style="text-align:center; font-size: 26px">${title}</h1>
     <p>Số: 0123/2026</p><p>Họ và tên mẹ: Trần Thị Hoa</p><p>Đã sinh con vào lúc 07 giờ 30, ngày 05 tháng 11 năm 2026</p>
     <p>Giới tính của con: Nữ &nbsp; Cân nặng: 3100 gam</p><p style="margin-top:60px; text-align:right">Người đỡ đẻ (đã ký)</p></body></html>`,
  );
  const scan = await page.pdf({ format: "A4" });
  const photo = await page.screenshot({ type: "jpeg", quality: 80 });
  await page.close();
  return {
    scan: { name: "giay-to-ban-quet.pdf", mimeType: "application/pdf", buffer: scan },
    photo: { name: "IMG_20261122_0915.jpg", mimeType: "image/jpeg", buffer: photo },
  };
}

// The words of a PDF on one line, so that a wrapped sentence is found.
export function wordsOfPdf(pdf: Buffer): string {
  return execFileSync("pdftotext", ["-layout", "-", "-"], { input: pdf, encoding: "utf8", maxBuffer: 16 << 20 }).replace(/\s+/g, " ");
}
