// harness.ts - a person in front of the product: browser, pictures, accessibility, console.
//
//   const story = await openStory("birth-registration", { dossiers: 20 });
//   const citizen = await story.visit(phone);
//   await citizen.page.goto("/");
//   await citizen.look("start");                 // build/e2e/birth-registration/01-start.png
//   ...
//   expect(story.faults).toEqual([]);            // of accessibility, console, network, width
//   await story.close();
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";
import { startServer, type RunningServer, type ServerOptions } from "./server.ts";

export { startServer, type RunningServer, type ServerOptions } from "./server.ts";

export const widths = [360, 768, 1440] as const;
export const phone = { width: 360, height: 740 };
export const desktop = { width: 1440, height: 900 };

const pictures = process.env["MOTCUA_E2E_PICTURES"] ?? fileURLToPath(new URL("../../build/e2e", import.meta.url));
// Long enough for a machine that compiles meanwhile.
const patienceMs = 45_000;
const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

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
  // What may be answered with 4xx, as "404 GET /api/v1/..."; by default nothing.
  refusals?: RegExp[];
}

export interface LookOptions {
  // Where the page is examined for accessibility and for being wider than the screen.
  widths?: readonly number[];
  // Only what is on the screen, for long pages whose lower part was seen before.
  screenOnly?: boolean;
}

export interface Visit {
  context: BrowserContext;
  page: Page;
  // A picture of the page as it is now, and an examination of it at each width.
  look(name: string, options?: LookOptions): Promise<void>;
  // The same device, a new tab: the old one is closed as a phone closes it, without asking.
  reopen(): Promise<void>;
  // From now on these answers are part of the story.
  expectRefusal(pattern: RegExp): void;
  close(): Promise<void>;
}

export interface Story {
  server: RunningServer;
  browser: Browser;
  // What was wrong on any page: told at the end, so that the story itself is always told to its end.
  faults: string[];
  visit(options?: VisitOptions): Promise<Visit>;
  // Pictures of all open pages, where a test has failed.
  pictureFailure(task: { name: string; result?: { state?: string } | undefined }): Promise<void>;
  close(): Promise<void>;
}

interface AxeResult {
  violations: { id: string; impact: string | null; help: string; nodes: { target: string[]; failureSummary?: string }[] }[];
}

async function findAccessibilityFaults(page: Page): Promise<string[]> {
  // Evaluated through the debugger: the page's content policy does not apply.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axeSource);
  const result = await page.evaluate(async () => {
    const axe = (window as unknown as { axe: { run: (root: Document, options: object) => Promise<AxeResult> } }).axe;
    return axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"] });
  });
  return result.violations
    .filter((fault) => fault.impact === "serious" || fault.impact === "critical")
    .map((fault) => `${fault.impact} ${fault.id}: ${fault.help}: ${fault.nodes.slice(0, 3).map((node) => node.target.join(" ")).join(", ")}`);
}

// What makes the page wider than the screen; null where nothing does.
function findWidest(): string | null {
  const screen = document.documentElement.clientWidth;
  const more = document.documentElement.scrollWidth - screen;
  if (more <= 1) return null;
  const widest = [...document.querySelectorAll<HTMLElement>("body *")].find((element) => Math.abs(element.getBoundingClientRect().right - screen - more) <= 1);
  return `${more} pixels wider than the screen: ${widest?.tagName ?? "?"}.${widest?.className ?? ""} ${(widest?.innerText ?? "").slice(0, 40)}`;
}

// Shown, and not in the middle of something.
async function settle(page: Page): Promise<void> {
  await page.waitForFunction(() => !document.querySelector('[data-loading], .loading, [aria-busy="true"]'), undefined, { timeout: 8000 }).catch(() => {});
  await page.evaluate(
    () => document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))),
  );
}

export async function openStory(name: string, options: ServerOptions & { server?: RunningServer } = {}): Promise<Story> {
  const folder = join(pictures, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const [server, browser] = await Promise.all([options.server ?? startServer(options), launchBrowser()]);
  const faults: string[] = [];
  let number = 0;

  const visit = async (wanted: VisitOptions = {}): Promise<Visit> => {
    const size = { width: wanted.width ?? desktop.width, height: wanted.height ?? desktop.height };
    const expected = [...(wanted.refusals ?? [])];
    const context = await browser.newContext({
      baseURL: server.url,
      viewport: size,
      locale: "vi-VN",
      timezoneId: "Asia/Ho_Chi_Minh",
      acceptDownloads: true,
      javaScriptEnabled: wanted.javaScript ?? true,
      hasTouch: size.width < 500,
      isMobile: size.width < 500,
      reducedMotion: "reduce",
      ...(wanted.storageState && { storageState: wanted.storageState }),
    });
    context.setDefaultTimeout(patienceMs);
    const watch = (page: Page) => {
      page.on("console", (message) => {
        // An answer of 4xx is looked at below; a cut line is part of some stories.
        if (message.type() === "error" && !/Failed to load resource/.test(message.text())) faults.push(`console at ${page.url()}: ${message.text()}`);
      });
      page.on("pageerror", (error) => faults.push(`exception at ${page.url()}: ${String(error)}`));
      page.on("response", (response) => {
        if (response.status() < 400) return;
        const told = `${response.status()} ${response.request().method()} ${new URL(response.url()).pathname}`;
        if (!expected.some((pattern) => pattern.test(told))) faults.push(`refused: ${told}`);
      });
    };
    let page = await context.newPage();
    watch(page);
    const made: Visit = {
      context,
      get page() {
        return page;
      },
      async look(what, { widths: examined = [size.width], screenOnly = false } = {}) {
        number += 1;
        const still = wanted.javaScript === false;
        if (!still) await settle(page);
        const path = join(folder, `${String(number).padStart(2, "0")}-${what}.png`);
        // What is fixed to the screen belongs on top of a long picture.
        const scrolled = still || screenOnly ? 0 : await page.evaluate(() => window.scrollY);
        if (scrolled > 0) await page.evaluate(() => window.scrollTo(0, 0));
        await page.screenshot({ path, fullPage: !screenOnly, animations: "disabled" });
        if (scrolled > 0) await page.evaluate((y) => window.scrollTo(0, y), scrolled);
        // Nothing runs in such a page, the examination neither.
        if (still) return;
        for (const width of new Set([size.width, ...examined])) {
          if (width !== size.width) {
            await page.setViewportSize({ width, height: size.height });
            await settle(page);
          }
          const wide = await page.evaluate(findWidest);
          if (wide !== null) faults.push(`${what} at ${width}: ${wide}`);
          for (const fault of await findAccessibilityFaults(page)) faults.push(`${what} at ${width}: ${fault}`);
        }
        if (examined.some((width) => width !== size.width)) await page.setViewportSize(size);
      },
      async reopen() {
        const address = page.url();
        await page.close({ runBeforeUnload: false });
        page = await context.newPage();
        watch(page);
        await page.goto(address);
      },
      expectRefusal: (pattern) => expected.push(pattern),
      close: () => context.close(),
    };
    return made;
  };

  return {
    server,
    browser,
    faults,
    visit,
    async pictureFailure(task) {
      if (task.result?.state !== "fail") return;
      const pages = browser.contexts().flatMap((context) => context.pages());
      for (const [at, page] of pages.entries()) {
        await page.screenshot({ path: join(folder, `failed-${task.name.replace(/\W+/g, "-").slice(0, 60)}-${at + 1}.png`), timeout: 5000 }).catch(() => {});
      }
    },
    async close() {
      await browser.close();
      await server.remove();
    },
  };
}
