#include "procedure/layer.h"

#include <array>
#include <utility>

namespace procedure {
namespace {

constexpr std::array<std::pair<Layer, std::string_view>, 4> kLayers{{
    {Layer::nation, "nation"},
    {Layer::ministry, "ministry"},
    {Layer::province, "province"},
    {Layer::commune, "commune"},
}};

}  // namespace

std::string_view to_text(Layer layer) {
  return kLayers[static_cast<std::size_t>(layer)].second;
}

std::optional<Layer> find_layer(std::string_view text) {
  for (const auto& [layer, name] : kLayers) {
    if (name == text) return layer;
  }
  return std::nullopt;
}

form::Bilingual in_words(Layer layer) {
  switch (layer) {
    case Layer::nation:
      return {"quốc gia", "nation"};
    case Layer::ministry:
      return {"bộ, ngành", "ministry"};
    case Layer::province:
      return {"tỉnh, thành phố", "province"};
    case Layer::commune:
      return {"xã, phường, đơn vị trực thuộc", "commune or unit"};
  }
  return {};
}

AgencyChain chain_of(const party::AgencyId& agency) {
  AgencyChain chain;
  const std::string& code = agency.text();
  for (std::size_t dot = code.find('.'); dot != std::string::npos; dot = code.find('.', dot + 1)) {
    if (const auto above = party::AgencyId::parse(code.substr(0, dot))) chain.push_back(*above);
  }
  chain.push_back(agency);
  return chain;
}

}  // namespace procedure
