// print_slip.ts - opens the printed slip, or tells why it cannot be had.
import { notifications } from "@mantine/notifications";
import { saveBlob } from "@shared/save_blob.ts";
import { downloadSlip } from "../../api/transports.ts";

export async function printSlip(slip: string): Promise<void> {
  try {
    saveBlob(await downloadSlip(slip), `phieu-ban-giao-${slip}.pdf`);
  } catch (error) {
    notifications.show({ message: error instanceof Error ? error.message : String(error), color: "red" });
  }
}
