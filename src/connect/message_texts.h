#pragma once
// message_texts.h - the wording of messages to applicants, as data:
// data/messages/NAME.LANGUAGE.txt.
//
// First line "Subject: …", then the text.  Placeholders are {{code}}, {{applicant}}, {{procedure}},
// {{due}}, {{items}}, {{reason}}, {{tracking_link}}, {{agency}}, {{old_due}},
// {{apology_reason}}, {{recipient}} and {{desk_link}}; a line whose placeholders have all
// no value is left out.
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "base/fault.h"

namespace connectors {

using MessageValues = std::map<std::string, std::string, std::less<>>;

struct MessageText {
  std::string subject;
  std::string body;
};

class MessageTexts {
 public:
  // Fault `invalid` names the file and what is wrong: no subject, an unknown placeholder.
  [[nodiscard]] base::Outcome<base::Done> add(const std::string& name, const std::string& language,
                                              std::string_view text);
  // In that language, else in Vietnamese.  Fault `not_found`.  Values are put in as they are and
  // never read as placeholders; in the subject line breaks become blanks.
  [[nodiscard]] base::Outcome<MessageText> write(std::string_view name, std::string_view language,
                                                 const MessageValues& values) const;

 private:
  std::map<std::string, MessageText, std::less<>> texts_;  // "filed.vi"
};

// Every NAME.LANGUAGE.txt of a folder.
[[nodiscard]] base::Outcome<MessageTexts> load_message_texts(const std::filesystem::path& folder);

}  // namespace connectors
