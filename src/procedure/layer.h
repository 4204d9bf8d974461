#pragma once
// layer.h - who may say something about a procedure, from the nation down to a commune.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "form/bilingual.h"
#include "party/agency_id.h"

namespace procedure {

enum class Layer : std::uint8_t {
  nation,    // the base package
  ministry,  // a ministry's detail for the whole country; its code begins with another letter than
             // H
  province,  // the committee or council of a province: "H41"
  commune,   // an agency below it: "H41.101", a department as well
};

[[nodiscard]] std::string_view to_text(Layer layer);
[[nodiscard]] std::optional<Layer> find_layer(std::string_view text);
[[nodiscard]] form::Bilingual in_words(Layer layer);

// The agencies whose overlays count for one agency, from the top down, itself last.  Ministries'
// overlays count for everybody and are not named.
using AgencyChain = std::vector<party::AgencyId>;

// By the parts of the code: "H41.101.01" -> H41, H41.101, H41.101.01.  Where the tree of agencies
// is known and says otherwise, make the chain from it.
[[nodiscard]] AgencyChain chain_of(const party::AgencyId& agency);

}  // namespace procedure
