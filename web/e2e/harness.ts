// harness.ts - a person in front of the product: browser, pictures, accessibility, console.
//
//   const server = await startServer();
//   const browser = await launchBrowser();
//   const visit = await openVisit(browser, server.url, { width: 360 });
//   await visit.page.goto(`${server.url}/`);
//   await visit.screenshot("start");              // build/e2e/start-360.png
//   expect(await visit.findAccessibilityFaults()).toEqual([]);
//   expect(visit.consoleFaults).toEqual([]);
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";

export { startServer, type RunningServer, type ServerOptions } from "./server.ts";

export const widths = [360, 768, 1440] as const;

const pictures = process.env["MOTCUA_E2E_PICTURES"] ?? fileURLToPath(new URL("../../build/e2e", import.meta.url));
const axeSource = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env["MOTCUA_CHROMIUM"] ?? "/usr/bin/chromium",
    // Root may not use the sandbox; the pages are our own.
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
}

export interface VisitOptions {
  width?: number;
  height?: number;
  // The device of an earlier visit: its cookies and storage.
  storageState?: Awaited<ReturnType<BrowserContext["storageState"]>>;
  javaScript?: boolean;
  touch?: boolean;
}

export interface AccessibilityFault {
  rule: string;
  impact: string;
  where: string[];
  help: string;
}

export interface Visit {
  context: BrowserContext;
  page: Page;
  width: number;
  // Errors in the console, exceptions, and requests refused by the content policy.
  consoleFaults: string[];
  screenshot(name: string): Promise<string>;
  findAccessibilityFaults(): Promise<AccessibilityFault[]>;
  // Whether the page can be moved sideways, which it must not.
  isWiderThanScreen(): Promise<boolean>;
  close(): Promise<void>;
}

export async function openVisit(browser: Browser, baseURL: string, options: VisitOptions = {}): Promise<Visit> {
  const width = options.width ?? 1440;
  const context = await browser.newContext({
    baseURL,
    viewport: { width, height: options.height ?? (width < 500 ? 740 : 900) },
    locale: "vi-VN",
    timezoneId: "Asia/Ho_Chi_Minh",
    acceptDownloads: true,
    javaScriptEnabled: options.javaScript ?? true,
    hasTouch: options.touch ?? width < 500,
    ...(options.storageState && { storageState: options.storageState }),
  });
  const page = await context.newPage();
  const consoleFaults: string[] = [];
  page.on("console", (message) => {
    // An answer of 4xx is part of many stories; the browser reports each as an error.
    if (message.type() === "error" && !/Failed to load resource: the server responded with a status of 4/.test(message.text())) {
      consoleFaults.push(message.text());
    }
  });
  page.on("pageerror", (error) => consoleFaults.push(String(error)));

  return {
    context,
    page,
    width,
    consoleFaults,
    async screenshot(name) {
      mkdirSync(pictures, { recursive: true });
      const path = join(pictures, `${name}-${width}.png`);
      await page.screenshot({ path, fullPage: true });
      return path;
    },
    async findAccessibilityFaults() {
      // Evaluated through the debugger: the page's content policy does not apply.
      await page.evaluate(readFileSync(axeSource, "utf8"));
      const found = await page.evaluate(async () => {
        const axe = (window as unknown as { axe: { run: (root: Document, options: object) => Promise<{ violations: unknown[] }> } }).axe;
        const result = await axe.run(document, {
          runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
        });
        return result.violations as { id: string; impact: string; help: string; nodes: { target: string[] }[] }[];
      });
      return found.map((fault) => ({
        rule: fault.id,
        impact: fault.impact,
        help: fault.help,
        where: fault.nodes.map((node) => node.target.join(" ")),
      }));
    },
    isWiderThanScreen: () => page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth + 1),
    close: () => context.close(),
  };
}
