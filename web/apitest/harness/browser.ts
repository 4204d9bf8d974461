// browser.ts - as much of a browser as signing in needs: cookies for each origin, and redirections
// followed one at a time, so that a test can change what stands between them.
export interface Page {
  status: number;
  url: string;
  location: string | null;
  text: string;
  setCookies: string[];
}

export class Browser {
  private readonly jars = new Map<string, Map<string, string>>();

  jar(origin: string): Map<string, string> {
    let jar = this.jars.get(origin);
    if (!jar) this.jars.set(origin, (jar = new Map()));
    return jar;
  }

  async get(url: string, headers: Record<string, string> = {}): Promise<Page> {
    return this.send("GET", url, headers);
  }

  async send(method: string, url: string, headers: Record<string, string> = {}): Promise<Page> {
    const jar = this.jar(new URL(url).origin);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(url, { method, redirect: "manual", headers: { ...headers, ...(cookie && { Cookie: cookie }) } });
    const setCookies = response.headers.getSetCookie();
    for (const line of setCookies) {
      const [pair = "", ...attributes] = line.split(";").map((part) => part.trim());
      const at = pair.indexOf("=");
      const gone = attributes.some((one) => /^max-age=0$/i.test(one) || /^expires=thu, 01 jan 1970/i.test(one));
      if (gone) jar.delete(pair.slice(0, at));
      else jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    const location = response.headers.get("location");
    return { status: response.status, url, location: location && new URL(location, url).href, text: await response.text(), setCookies };
  }

  // Follows redirections until the next one would go to an address that `stop` names.
  async followUntil(url: string, stop: (next: string) => boolean): Promise<string> {
    let next = url;
    for (let hops = 0; hops < 12; hops += 1) {
      if (stop(next)) return next;
      const page = await this.get(next);
      if (!page.location) throw new Error(`${next} answered ${page.status} without going on: ${page.text.slice(0, 200)}`);
      next = page.location;
    }
    throw new Error(`no end of redirections at ${next}`);
  }
}
