// qr_picture.ts - the QR code in a photograph, where the browser itself can read one.
interface Detector {
  detect(picture: ImageBitmapSource): Promise<{ rawValue: string }[]>;
}
type DetectorClass = new (options: { formats: string[] }) => Detector;

const detectorOf = (): DetectorClass | undefined => (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;

export const canReadQr = (): boolean => detectorOf() !== undefined;

export async function readQr(picture: Blob): Promise<string | null> {
  const BarcodeDetector = detectorOf();
  if (!BarcodeDetector) return null;
  try {
    const found = await new BarcodeDetector({ formats: ["qr_code"] }).detect(await createImageBitmap(picture));
    return found[0]?.rawValue ?? null;
  } catch {
    return null;
  }
}
