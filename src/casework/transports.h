#pragma once
// transports.h - papers and results between the one-stop centres: the lists of either side, handing
// over and taking over many at once (with a slip: hand_over_slips.h).
#include <string>
#include <vector>

#include "base/json.h"
#include "casework/actions.h"
#include "casework/execute.h"
#include "dossier/transport.h"

namespace casework {

// Every transport of a dossier, for its page at the desk.
[[nodiscard]] base::json::array transports_json(const Workplace& workplace,
                                                const dossier::Dossier& dossier);
// Where papers and result are, in the applicant's words; no names of officers.
[[nodiscard]] base::json::array whereabouts_json(const Workplace& workplace,
                                                 const dossier::Dossier& dossier);
// What moved its competence; null where the procedure's own rule decided.
[[nodiscard]] base::json::value competence_json(const dossier::Dossier& dossier);

enum class TransportSide {
  to_hand_over,  // chờ bàn giao
  to_take_over,  // đang chuyển đến
};
// Of the officer's counter (and of the places he stands in for), most urgent first.
[[nodiscard]] Answer<base::json::object> transport_list_json(Workplace& workplace,
                                                             const party::Officer& officer,
                                                             TransportSide side,
                                                             const std::string& cursor, int limit);

struct TransportChoice {
  std::string dossier;  // id or code
  std::uint32_t transport = 0;
  std::vector<std::string> pieces;  // handing over: empty is all; taking over: what is missing
  std::string note;
};
inline constexpr std::size_t kBatchMax = 100;

// Hands over what was chosen with one slip.  One answer for each: what is refused does not hold up
// the rest.  A repeated request gives the same slip and the same answers.
struct HandOverBatch {
  std::vector<TransportChoice> items;
  std::string carrier;
  std::string note;
};
[[nodiscard]] Answer<base::json::object> hand_over_all(Workplace& workplace,
                                                       const party::Officer& officer,
                                                       const HandOverBatch& batch,
                                                       const RequestKey& request);
[[nodiscard]] Answer<base::json::object> take_over_all(Workplace& workplace,
                                                       const party::Officer& officer,
                                                       const std::vector<TransportChoice>& items,
                                                       const RequestKey& request);

}  // namespace casework
