// print_slip.ts - opens the printed slip, or tells why it cannot be had.
import { saveBlob } from "@shared/save_blob.ts";
import { downloadSlip } from "../../api/transports.ts";
import { announceTrouble } from "../../components/announce.ts";

export async function printSlip(slip: string): Promise<void> {
  try {
    saveBlob(await downloadSlip(slip), `phieu-ban-giao-${slip}.pdf`);
  } catch (error) {
    announceTrouble(error instanceof Error ? error.message : String(error));
  }
}
