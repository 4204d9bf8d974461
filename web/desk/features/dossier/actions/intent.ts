// intent.ts - the key of what an officer means to do: kept over a cut line, new after an answer.
import { newIntentKey } from "@shared/api/intent.ts";

export class Intent {
  private key = newIntentKey();
  private sent: string | null = null;

  // The same key as long as the same thing is sent again.
  keyFor(body: unknown, version: number): string {
    const text = `${version} ${JSON.stringify(body)}`;
    if (this.sent !== null && this.sent !== text) this.key = newIntentKey();
    this.sent = text;
    return this.key;
  }

  // The server has said yes or no: what comes next is another intent.
  answered(): void {
    this.key = newIntentKey();
    this.sent = null;
  }
}
