// photo.ts - makes large photographs small before they travel: a page read on a screen needs no more
// than about 2,200 points on its long side.

const largeBytes = 700 * 1024;
const longestSide = 2200;
const quality = 0.82;

// Size that fits, never larger than the original.  Pure.
export function fittingSize(width: number, height: number): { width: number; height: number } {
  const scale = Math.min(1, longestSide / Math.max(width, height, 1));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

export const isLargePhoto = (file: Blob): boolean => file.type === "image/jpeg" && file.size > largeBytes;

// The smaller picture; the file itself where it is no large JPEG, the browser cannot read it, or
// nothing would be won.
export async function shrinkPhoto(file: File): Promise<Blob> {
  if (!isLargePhoto(file) || typeof createImageBitmap !== "function") return file;
  try {
    // Turned upright as the camera says.
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const { width, height } = fittingSize(picture.width, picture.height);
    const canvas = document.createElement("canvas");
    canvas.width = width;
    canvas.height = height;
    const pen = canvas.getContext("2d");
    if (!pen) return file;
    pen.drawImage(picture, 0, 0, width, height);
    picture.close();
    const smaller = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", quality));
    return smaller && smaller.size < file.size ? smaller : file;
  } catch {
    return file;
  }
}
