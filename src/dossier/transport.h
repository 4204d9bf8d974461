#pragma once
// transport.h - papers and results on their way between agencies: what has to travel, and by when.
//
// A dossier may be received at one centre, decided by an agency of another and handed out at a
// third.  The electronic work follows the process at once; what is on paper travels from centre to
// centre, handed over and taken over with a slip.  Internal to the decisions of this module, except
// for where things are.
#include <optional>
#include <string>
#include <vector>

#include "dossier/decide.h"

namespace dossier {

// Cargo of a transport.
inline constexpr const char* kPapers = "papers";           // of the dossier, to who decides
inline constexpr const char* kResult = "result";           // to where it is handed out
inline constexpr const char* kPapersBack = "papers_back";  // of a dossier that ended without result

// The part of Dossier::agencies that is the competent agency's own centre, where it is not the
// receiving one.
inline constexpr const char* kHomeCentre = "centre";
// Where papers for the competent agency arrive and its results leave from.
[[nodiscard]] const std::string& home_centre(const Dossier& dossier);
// Where the result is handed out.
[[nodiscard]] const std::string& return_place(const Dossier& dossier);

// A new one of this dossier, to be handed over in time.
[[nodiscard]] TransportOpened opened(const Dossier& dossier, const Circumstances& around,
                                     const std::string& cargo, std::string from, std::string to,
                                     std::vector<Piece> pieces);
// Of `pieces` those whose component is not among `those`.
[[nodiscard]] std::vector<Piece> without(const std::vector<Piece>& pieces,
                                         const std::vector<Piece>& those);

// What has to go to the competent agency once the counter has taken it in; nothing where it is
// there already, or nothing is on paper.
[[nodiscard]] std::optional<TransportOpened> papers_to_move(const Dossier& dossier,
                                                            const Circumstances& around);
// The papers of these components, brought to the receiving counter later.
[[nodiscard]] std::optional<TransportOpened> papers_to_move(const Dossier& dossier,
                                                            const std::vector<Attachment>& brought,
                                                            const Circumstances& around);
// The result that somebody wants to be handed at a counter elsewhere.
[[nodiscard]] std::optional<TransportOpened> result_to_move(const Dossier& dossier,
                                                            const Circumstances& around);
// The dossier ends without a result: what waits stays, what has arrived comes back.
[[nodiscard]] std::vector<Event> papers_to_recover(const Dossier& dossier,
                                                   const Circumstances& around);
// Transports whose due date went by unmarked.
[[nodiscard]] std::vector<HandOverLate> late_transports(const Dossier& dossier, Instant now);
// When the next one will be late.
[[nodiscard]] std::optional<Instant> next_late_transport(const Dossier& dossier);

// What happened, on the state; total like apply().
void apply_transport(Dossier& dossier, const TransportOpened& event, const EventRecord& record);
void apply_transport(Dossier& dossier, const HandedOver& event, const EventRecord& record);
void apply_transport(Dossier& dossier, const TakenOver& event, const EventRecord& record);
void apply_transport(Dossier& dossier, const TransportClosed& event, const EventRecord& record);
void apply_transport(Dossier& dossier, const HandOverLate& event, const EventRecord& record);

}  // namespace dossier
