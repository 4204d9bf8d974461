#pragma once
// filing_bodies.h - bodies of POST /api/v1/dossiers, made before the clock runs: on-line filings of
// invented people to every commune, for a procedure and case that ask for no uploaded paper.
#include <cstdint>
#include <string>
#include <vector>

#include "cli/compose.h"

namespace bench {

inline constexpr const char* kFiledProcedure = "1.004873";  // certificate of marital status

enum class WithMail { no, yes };  // the applicant leaves an e-mail address and is written to

// Gives up where the procedure takes no such filing any more.
[[nodiscard]] std::vector<std::string> make_filing_bodies(const cli::Definitions& definitions,
                                                          const party::Organisation& organisation,
                                                          std::size_t count, WithMail mail,
                                                          std::uint64_t seed);

}  // namespace bench
