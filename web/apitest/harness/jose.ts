// jose.ts - tokens made by hand, rightly and wrongly, and the keys for it.
import { constants, createHmac, generateKeyPairSync, sign, type JsonWebKey, type KeyObject } from "node:crypto";

export interface Signer {
  kid: string;
  alg: string;
  publicKey: KeyObject;
  privateKey: KeyObject;
  publicJwk: JsonWebKey & { kid: string; use: string };
  privateJwk: JsonWebKey & { kid: string; use: string; alg: string };
}

export function newSigner(alg: "RS256" | "PS256" | "ES256" | "EdDSA" | "ES384", kid: string): Signer {
  const pair =
    alg === "EdDSA"
      ? generateKeyPairSync("ed25519")
      : alg === "ES256" || alg === "ES384"
        ? generateKeyPairSync("ec", { namedCurve: alg === "ES256" ? "P-256" : "P-384" })
        : generateKeyPairSync("rsa", { modulusLength: 2048 });
  return {
    kid,
    alg,
    ...pair,
    publicJwk: { ...pair.publicKey.export({ format: "jwk" }), kid, use: "sig" },
    privateJwk: { ...pair.privateKey.export({ format: "jwk" }), kid, use: "sig", alg },
  };
}

export const encode = (value: unknown): string => Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");

export interface Decoded {
  header: Record<string, unknown>;
  payload: Record<string, unknown>;
  parts: [string, string, string];
}

export function decode(token: string): Decoded {
  const parts = token.split(".") as [string, string, string];
  const json = (part: string) => JSON.parse(Buffer.from(part, "base64url").toString("utf8")) as Record<string, unknown>;
  return { header: json(parts[0]), payload: json(parts[1]), parts };
}

export function signatureOf(signer: Signer, text: string, alg = signer.alg): string {
  const bytes = Buffer.from(text);
  if (alg === "EdDSA") return sign(null, bytes, signer.privateKey).toString("base64url");
  if (alg.startsWith("ES")) return sign(alg === "ES384" ? "sha384" : "sha256", bytes, { key: signer.privateKey, dsaEncoding: "ieee-p1363" }).toString("base64url");
  const hash = alg.endsWith("384") ? "sha384" : "sha256";
  if (alg.startsWith("PS")) return sign(hash, bytes, { key: signer.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }).toString("base64url");
  return sign(hash, bytes, signer.privateKey).toString("base64url");
}

// Header and payload as values, or as texts that no JSON.stringify would write.
export function makeToken(signer: Signer, header: unknown, payload: unknown, alg = signer.alg): string {
  const text = `${encode(header)}.${encode(payload)}`;
  return `${text}.${signatureOf(signer, text, alg)}`;
}

export function hmacToken(secret: string | Buffer, header: unknown, payload: unknown): string {
  const text = `${encode(header)}.${encode(payload)}`;
  return `${text}.${createHmac("sha256", secret).update(text).digest("base64url")}`;
}
