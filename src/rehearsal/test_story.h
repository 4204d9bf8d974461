#pragma once
// test_story.h - plays texts as scenarios of a shipped package, in an office on the real store.
#include <string>

#include "casework/test_workplace.h"
#include "rehearsal/repertoire.h"
#include "rehearsal/run.h"

namespace rehearsal::test {

inline std::string told(const DefinitionProblems& problems) {
  return procedure::told(problems);
}

inline std::string told(const Outcome& outcome) {
  std::string text;
  for (const Miss& one : outcome.misses) {
    text += std::to_string(one.line) + ": " + one.step + ": expected " + one.expected + ", got " +
            one.got + "\n";
  }
  return text;
}

// Everything a birth registration needs, as scenarios/common.txt has it.
inline constexpr const char* kNewborn = R"(data newborn
requester_name = Nguyễn Văn An
requester_id = 040085000002
relation = father
requester_phone = 0912345678
child_situation = ordinary
child_name = Nguyễn Đức Bình
child_birth_date = 2026-08-10
child_sex = male
child_ethnicity = Kinh
child_hometown = Nghệ An
birth_place = Bệnh viện Sản Nhi Nghệ An
birth_proof = birth_paper
birth_paper_number = GCS-2026-0001
mother_name = Trần Thị Đào
mother_id = 040190000001
mother_birth_date = 1990
father_declared = yes
father_name = Nguyễn Văn An
father_id = 040085000002
father_birth_date = 1985
marriage_registration = registered
marriage_certificate_number = 12/2015
registration_commune = 16681
extract_copies = 0
applicant.email = an@example.vn
)";

inline procedure::PackageFiles files_of(const std::string& body) {
  return {{"scenarios/common.txt", kNewborn},
          {"scenarios/story.txt", "# Một câu.\n# Source: Điều 1\nlike newborn\n" + body}};
}

// Line 4 of the file is line 1 of `body`.
inline form::Defined<Repertoire> read(const std::string& body,
                                      const std::string& code = "1.001193") {
  return read_repertoire(files_of(body), procedure::shipped(code));
}

inline Outcome played(const std::string& body, const std::string& code = "1.001193") {
  const auto repertoire = read(body, code);
  EXPECT_TRUE(repertoire) << told(repertoire.error());
  if (!repertoire) return {};
  casework::test::Commune office;
  office.clock.set(calendar::Instant{});
  return play(repertoire->scenarios.front(),
              {.workplace = *office.workplace,
               .clock = office.clock,
               .procedure = std::make_shared<const procedure::Procedure>(procedure::shipped(code)),
               .words = {}});
}

}  // namespace rehearsal::test
