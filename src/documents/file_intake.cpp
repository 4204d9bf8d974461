#include "documents/file_intake.h"

namespace documents {

casework::Answer<casework::InspectedUpload> FileIntake::inspect(casework::OfferedFile offered) {
  return judge_upload({.rules = policy_.rules_for(offered.procedure, offered.component),
                       .picture = policy_.picture,
                       .name = std::move(offered.name),
                       .declared = std::move(offered.declared),
                       .bytes = std::move(offered.bytes)});
}

}  // namespace documents
