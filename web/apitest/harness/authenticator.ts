// authenticator.ts - an authenticator application and a passkey, as programs: what telephones and
// security keys answer, and what somebody hostile would.
import { createHash, createHmac, generateKeyPairSync, sign, type KeyObject } from "node:crypto";

const sha256 = (bytes: Buffer | string) => createHash("sha256").update(bytes).digest();

// ---------------------------------------------------------------- codes.  Source: RFC 6238, RFC 4648

export function fromBase32(text: string): Buffer {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  let bits = "";
  for (const letter of text) bits += alphabet.indexOf(letter).toString(2).padStart(5, "0");
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

export function totp(secret: string, atMs = Date.now()): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(atMs / 30_000)));
  const mac = createHmac("sha1", fromBase32(secret)).update(counter).digest();
  const at = mac[19]! & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

// ---------------------------------------------------------------- CBOR, as much as passkeys need

type Cbor = number | string | Buffer | Map<number | string, Cbor>;

function head(major: number, value: number): Buffer {
  if (value < 24) return Buffer.from([(major << 5) | value]);
  if (value < 256) return Buffer.from([(major << 5) | 24, value]);
  return Buffer.from([(major << 5) | 25, value >> 8, value & 255]);
}
function cbor(value: Cbor): Buffer {
  if (typeof value === "number") return value >= 0 ? head(0, value) : head(1, -1 - value);
  if (typeof value === "string") return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  return Buffer.concat([head(5, value.size), ...[...value].flatMap(([key, one]) => [cbor(key), cbor(one)])]);
}

// ---------------------------------------------------------------- passkeys

export class Passkey {
  readonly id = Buffer.from(Array.from({ length: 24 }, () => Math.floor(Math.random() * 256)));
  counter = 1;
  flags = 0x05;
  origin: string;
  rpId = "localhost";
  private readonly key: KeyObject;
  private readonly publicKey: Buffer;

  constructor(
    origin: string,
    readonly algorithm: "ES256" | "EdDSA" = "ES256",
  ) {
    this.origin = origin;
    if (algorithm === "ES256") {
      const pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
      const jwk = pair.publicKey.export({ format: "jwk" });
      this.key = pair.privateKey;
      this.publicKey = cbor(new Map<number, Cbor>([[1, 2], [3, -7], [-1, 1], [-2, Buffer.from(jwk.x!, "base64url")], [-3, Buffer.from(jwk.y!, "base64url")]]));
    } else {
      const pair = generateKeyPairSync("ed25519");
      const jwk = pair.publicKey.export({ format: "jwk" });
      this.key = pair.privateKey;
      this.publicKey = cbor(new Map<number, Cbor>([[1, 1], [3, -8], [-1, 6], [-2, Buffer.from(jwk.x!, "base64url")]]));
    }
  }

  private clientData(type: string, challenge: string): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin: this.origin, crossOrigin: false }));
  }
  private data(withKey: boolean): Buffer {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.counter);
    const fixed = Buffer.concat([sha256(this.rpId), Buffer.from([this.flags | (withKey ? 0x40 : 0)]), counter]);
    if (!withKey) return fixed;
    return Buffer.concat([fixed, Buffer.alloc(16), Buffer.from([0, this.id.length]), this.id, this.publicKey]);
  }

  // What POST /security/passkeys is sent for these options.
  create(options: { challenge: string }, name: string) {
    const data = this.data(true);
    this.counter += 1;
    const object = cbor(new Map<string, Cbor>([["fmt", "none"], ["attStmt", new Map<number, Cbor>()], ["authData", data]]));
    return { name, client_data: this.clientData("webauthn.create", options.challenge).toString("base64url"), attestation_object: object.toString("base64url") };
  }
  // The proof for these options.
  get(options: { challenge: string }) {
    const clientData = this.clientData("webauthn.get", options.challenge);
    const data = this.data(false);
    const signature = sign(this.algorithm === "ES256" ? "sha256" : null, Buffer.concat([data, sha256(clientData)]), this.key);
    this.counter += 1;
    return {
      passkey: {
        id: this.id.toString("base64url"),
        client_data: clientData.toString("base64url"),
        authenticator_data: data.toString("base64url"),
        signature: signature.toString("base64url"),
      },
    };
  }
}
