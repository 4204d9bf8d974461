#pragma once
// organisation_staff.h - posts and people: positions, officers with their identity number, their
// appointments, and the counters of one-stop centres.
#include <optional>
#include <string>
#include <vector>

#include "calendar/instant.h"
#include "calendar/language.h"
#include "party/agency_id.h"
#include "party/legal_act.h"
#include "party/role.h"

namespace party {

// "Chủ tịch Ủy ban nhân dân xã": what somebody may be appointed to, at any agency.
struct Position {
  std::string code{};  // "chu-tich-xa"
  calendar::Bilingual title{};
  int rank = 0;               // 1 stands highest
  std::vector<Role> roles{};  // that come with it
  int holders = 0;            // at one agency at a time; 0: as many as there are
  bool heads = false;         // who has it is the head of the agency

  friend bool operator==(const Position&, const Position&) = default;
};

struct StaffMember {
  std::string identity{};  // 12 digits: who it is
  std::string name{};
  std::string username{};  // of the one account; empty: none yet
  std::string email{};
  std::string phone{};

  friend bool operator==(const StaffMember&, const StaffMember&) = default;
};

struct Appointment {
  std::string identity{};
  AgencyId agency;
  std::string position{};
  calendar::Date from{};
  std::optional<calendar::Date> to{};  // last day
  bool concurrent = false;             // beside the main post
  LegalAct act{};

  friend bool operator==(const Appointment&, const Appointment&) = default;
};

// A counter (quầy) of a one-stop centre.
struct ServiceCounter {
  AgencyId centre;
  int number = 0;
  calendar::Bilingual name{};
  std::vector<std::string> fields{};  // of the procedures served there; empty: all
  std::optional<calendar::Date> from{};
  std::optional<calendar::Date> to{};  // last day

  friend bool operator==(const ServiceCounter&, const ServiceCounter&) = default;
};

struct OrganisationStaff {
  std::vector<Position> positions{};
  std::vector<StaffMember> people{};
  std::vector<Appointment> appointments{};
  std::vector<ServiceCounter> counters{};

  friend bool operator==(const OrganisationStaff&, const OrganisationStaff&) = default;
};

}  // namespace party
