#include "connect/coverage_mail.h"

#include "base/json.h"

namespace connectors {

base::Outcome<std::string> CoverageMail::handle(const InboundMessageView& message) {
  const base::json::value body = TRY(base::parse_json(message.body));
  MessageValues values;
  for (const char* name : {"recipient", "agency", "items"}) {
    values[name] = base::string_or(body, name);
  }
  values["desk_link"] = workplace_.public_url + "/desk/coverage";
  MessageText text = TRY(texts_.write("coverage_gap", "vi", values));
  TRY(mailer_.send({.from_name = sender_.name,
                    .from = sender_.address,
                    .to = base::string_or(body, "to"),
                    .subject = std::move(text.subject),
                    .text = std::move(text.body),
                    .language = "vi",
                    .effect = "coverage/" + std::string{message.key},
                    .at = workplace_.clock.now(),
                    .repeated = false}));
  return std::string{"sent"};
}

}  // namespace connectors
