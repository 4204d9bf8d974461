#pragma once
// command_route.h - POST /api/v1/dossiers/{id}/NAME: one operation a command.
#include <functional>
#include <string>
#include <string_view>

#include "http/routes/api.h"

namespace http::routes {

// What a command is made from.
struct Asked {
  Api& api;
  const casework::CommandRequest& request;
  const base::json::object& body;
  const party::Officer& officer;

  // As people read it: one form of Vietnamese letters (NFC), without control characters.
  [[nodiscard]] std::string text(std::string_view name) const;
  [[nodiscard]] std::uint32_t task() const { return casework::task_number(text("task")); }
};
using Act = std::function<Answer<casework::CommandDone>(const Asked&)>;

// Signed in, allowed to see the dossier, with key and If-Match.  `reach`: what makes the dossier
// exist for him, where that is not seeing it: administrators erase what they may not read.
void add_command(Router& router, Api& api, const char* name, const char* operation_id, Act act,
                 party::Action reach = party::Action::view_dossier);

}  // namespace http::routes
