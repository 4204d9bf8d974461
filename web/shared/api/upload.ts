// upload.ts - sends one file and tells how far it is.
//
// XMLHttpRequest, because fetch does not tell the progress of what is sent.
import type { Language } from "../language.ts";
import type { Attachment } from "../schemas.ts";
import { makeUrl, type Path } from "./client.ts";
import { Problem, readProblem } from "./problem.ts";

// The server's own limit, told before the bytes are sent.  Source: api/openapi.yaml, upload_draft_file.
export const largestFileBytes = 20 * 1024 * 1024;

export interface UploadRequest {
  path: Path;
  parameters?: Record<string, string>;
  headers: Record<string, string>;
  component: string;
  name: string;
  bytes: Blob;
  // Of the intent: the same for every attempt with this file.
  key: string;
  language: Language;
  onProgress?: (fraction: number) => void;
  signal?: AbortSignal;
}

export function uploadFile(request: UploadRequest): Promise<Attachment> {
  return new Promise((resolve, reject) => {
    const exchange = new XMLHttpRequest();
    exchange.open("POST", makeUrl(request.path, { path: request.parameters ?? {} }));
    const headers: Record<string, string> = {
      ...request.headers,
      "Content-Type": "application/octet-stream",
      "Accept-Language": request.language,
      "Idempotency-Key": request.key,
      "X-Component": request.component,
      "X-File-Name": encodeURIComponent(request.name),
    };
    for (const [name, value] of Object.entries(headers)) exchange.setRequestHeader(name, value);
    exchange.upload.onprogress = (event) => {
      if (event.lengthComputable && event.total > 0) request.onProgress?.(event.loaded / event.total);
    };
    exchange.onload = () => {
      if (exchange.status >= 200 && exchange.status < 300) {
        try {
          resolve(JSON.parse(exchange.responseText) as Attachment);
        } catch {
          reject(Problem.broken(exchange.status, request.language));
        }
      } else {
        reject(readProblem(exchange.status, exchange.responseText, request.language, exchange.getResponseHeader("Retry-After")));
      }
    };
    exchange.onerror = () => reject(Problem.offline(request.language));
    exchange.ontimeout = () => reject(Problem.offline(request.language));
    exchange.onabort = () => reject(new DOMException("stopped by the person", "AbortError"));
    request.signal?.addEventListener("abort", () => exchange.abort());
    exchange.send(request.bytes);
  });
}
