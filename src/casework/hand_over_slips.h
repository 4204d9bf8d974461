#pragma once
// hand_over_slips.h - phiếu bàn giao: the numbered slip that goes with what one counter hands over
// at once, kept as an entry that either side finds.
#include <optional>
#include <string>
#include <vector>

#include "casework/printing.h"
#include "casework/transports.h"

namespace casework {

struct HandOverSlip {
  std::string number;  // BG-<agency>-<year>-<n>
  std::string hash;    // of the request that made it
};

// The one that this request made before.
[[nodiscard]] Answer<std::optional<HandOverSlip>> slip_of(Workplace& workplace,
                                                          const RequestKey& request);
// Allots the next number of the counter's year and keeps what is to go with it, and to whom.
[[nodiscard]] Answer<HandOverSlip> new_slip(Workplace& workplace, const party::Officer& officer,
                                            const HandOverBatch& batch, const RequestKey& request,
                                            const std::vector<std::string>& receivers);
// Nothing went with it: the number stays free of meaning.
void withdraw_slip(Workplace& workplace, const HandOverSlip& slip);

// Slips that the officer's counter wrote or is to get something with, newest first.
[[nodiscard]] Answer<base::json::object> slips_json(Workplace& workplace,
                                                    const party::Officer& officer);
// As it is now: with what has been taken over.
[[nodiscard]] Answer<PrintedDocument> print_slip(Workplace& workplace,
                                                 const party::Officer& officer,
                                                 const std::string& slip);

}  // namespace casework
