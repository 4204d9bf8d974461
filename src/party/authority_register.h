#pragma once
// authority_register.h - all grants, delegations and absences there are, and what follows from
// them.
//
// An immutable value; asking it needs no clock, because it answers in periods.  What rests on
// something counts only while that counts, however long the chain.
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "party/authority_entry.h"
#include "party/officer.h"

namespace party {

// A chain of delegations longer than this is no law's intention.
inline constexpr int kChainMax = 8;

// Where phân cấp has moved a competence.
struct Decentralised {
  std::string id;  // of the entry
  std::optional<AgencyId> agency{};
  std::optional<AgencyKind> level{};
  LegalAct act{};
};

class AuthorityRegister {
 public:
  AuthorityRegister() = default;
  // An entry whose id comes twice counts once, the later one; `rests_on` of an unknown id makes it
  // count for nothing.
  [[nodiscard]] static AuthorityRegister build(std::vector<AuthorityEntry> entries);

  // In order of their recording.
  [[nodiscard]] const std::vector<AuthorityEntry>& entries() const { return entries_; }
  [[nodiscard]] const AuthorityEntry* find(std::string_view id) const;
  // When it counts, with all that it rests on; may be empty.
  [[nodiscard]] Period effective(const AuthorityEntry& entry) const;
  // What rests on it, directly or further down, in the order of the chain.
  [[nodiscard]] std::vector<const AuthorityEntry*> resting_on(std::string_view id) const;

  // Everything the officer holds beyond his post, past and to come: what is given to him, what is
  // given to those who have his role at his agency, and what he stands in for.
  [[nodiscard]] std::vector<Mandate> mandates_of(const Officer& officer) const;
  [[nodiscard]] std::vector<Officer::Absence> absences_of(const OfficerId& officer) const;
  // Writes both into the officer.
  void entrust(Officer& officer) const;

  // Where the competence of `agency` for that procedure lies at that moment by phân cấp; nothing:
  // where it was.
  [[nodiscard]] std::optional<Decentralised> moved_to(const AgencyId& agency, std::string_view code,
                                                      std::string_view field,
                                                      calendar::Instant at) const;
  // All that moves, or moved, or will move the competence for a procedure.
  [[nodiscard]] std::vector<const AuthorityEntry*> decentralisations() const;

 private:
  using Indices = std::vector<std::size_t>;
  [[nodiscard]] Period effective(const AuthorityEntry& entry, int depth) const;
  void add_given_at(const AgencyId& agency, const Officer& officer,
                    std::vector<Mandate>& mandates) const;
  void add_passed_on(const AuthorityEntry& absence, const Period& away,
                     std::vector<Mandate>& mandates) const;

  std::vector<AuthorityEntry> entries_;
  std::unordered_map<std::string, std::size_t> by_id_;
  std::unordered_map<std::string, Indices> given_to_;    // officer
  std::unordered_map<std::string, Indices> given_at_;    // agency
  std::unordered_map<std::string, Indices> away_;        // absences by officer
  std::unordered_map<std::string, Indices> rests_on_;    // what rests directly on it
  std::unordered_map<std::string, Indices> moved_from_;  // decentralisations by agency
};

}  // namespace party
