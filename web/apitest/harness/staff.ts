// staff.ts - an officer for every agency and role that a process asks for, made when needed.
import type { Client, Json, Session } from "./client.ts";

const password = "một mật khẩu đủ dài để thử";

export class Staff {
  private readonly sessions = new Map<string, Promise<Session>>();

  constructor(
    private readonly api: Client,
    private readonly administrator: Session,
  ) {}

  of(agency: string, role: string): Promise<Session> {
    const key = `${agency}/${role}`;
    let session = this.sessions.get(key);
    if (!session) {
      session = this.hire(agency, role);
      this.sessions.set(key, session);
    }
    return session;
  }

  private async hire(agency: string, role: string): Promise<Session> {
    const username = `${role}.${agency.toLowerCase().replaceAll(".", "-")}`;
    const form = { username, name: `Nguyễn Thị ${role}`, agency, title: "Công chức", roles: [role] };
    const made: Json = (await this.api.post("/api/v1/officers", { as: this.administrator, body: form, expect: 201 })).json;
    const fresh = await this.api.freshSession(username, made.initial_password as string);
    await this.api.post("/api/v1/session/password", { as: fresh, body: { current: made.initial_password, new: password }, expect: 204 });
    return this.api.freshSession(username, password);
  }
}
