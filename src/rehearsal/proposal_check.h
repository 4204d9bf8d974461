#pragma once
// proposal_check.h - is what is proposed fit to be published?  Every package, overlay and
// withdrawal is looked at, and refused with all problems at once.
#include <map>
#include <string>
#include <vector>

#include "casework/publication.h"
#include "rehearsal/publishing.h"

namespace rehearsal {

// Files of a package that the store keeps by their digest.
struct KeptFiles {
  std::string digest;
  std::string code;
  std::string files;
};

// What a proposal comes to.
struct CheckedProposal {
  std::vector<ProposedItem> items;
  std::vector<KeptFiles> kept;
  // Proposed ones, by code.
  std::map<std::string, std::vector<casework::OverlayPublication>> overlays;
};

[[nodiscard]] Answer<CheckedProposal> check_proposal(casework::Workplace& workplace,
                                                     const ToPropose& what, const Gate& gate);
// What was proposed, looked at again on what is in force now.
[[nodiscard]] Answer<CheckedProposal> check_again(casework::Workplace& workplace,
                                                  const Proposal& proposal, const Gate& gate);

}  // namespace rehearsal
