#include "procedure/resolution.h"

#include <algorithm>
#include <utility>

#include "procedure/overlay_application.h"
#include "procedure/procedure_yaml.h"

namespace procedure {
namespace {

using calendar::Date;

constexpr std::chrono::days kDay{1};

// The place of an overlay's agency: ministries before the whole chain; nothing when it is in none.
std::optional<std::size_t> place_in(const AgencyChain& chain, const Overlay& overlay) {
  if (overlay.layer == Layer::ministry) return 0;
  for (std::size_t i = 0; i < chain.size(); ++i) {
    if (chain[i].text() == overlay.agency) return i + 1;
  }
  return std::nullopt;
}

std::string days_of(const Overlay& overlay) {
  return calendar::to_iso(overlay.effective_from) + " to " +
         (overlay.effective_to ? calendar::to_iso(*overlay.effective_to) : "further notice");
}

void narrow(std::optional<Date>& from, std::optional<Date>& to, const Overlay& overlay, Date on) {
  const auto not_before = [&](Date day) { from = from ? std::max(*from, day) : day; };
  const auto not_after = [&](Date day) { to = to ? std::min(*to, day) : day; };
  if (overlay.in_force(on)) {
    not_before(overlay.effective_from);
    if (overlay.effective_to) not_after(*overlay.effective_to);
  } else if (on < overlay.effective_from) {
    not_after(overlay.effective_from - kDay);
  } else {
    not_before(*overlay.effective_to + kDay);
  }
}

// The days of the base, as far as they can be read; load_package() judges the rest.
std::optional<Date> day_of(const Tree& tree, std::string_view key) {
  return calendar::parse_date(tree.text_of(key));
}

void check_days(const BasePackage& base, const Overlay& overlay,
                form::DefinitionProblems& problems) {
  const auto from = day_of(base.tree, "effective_from");
  const auto to = day_of(base.tree, "effective_to");
  const bool over = to && *to < overlay.effective_from;
  const bool not_begun = from && overlay.effective_to && *overlay.effective_to < *from;
  if (!over && !not_begun) return;
  problems.push_back({overlay.file, 0,
                      "the overlay holds from " + days_of(overlay) +
                          ", when the package it changes is not in force",
                      "correct its days, or write it for the package in force then"});
}

bool is_written_against(const Overlay& overlay, const BasePackage& base, const Tree& tree,
                        bool upper_applied) {
  if (!overlay.base_digest.empty() && overlay.base_digest != base.digest) {
    if (!upper_applied) return false;
    const auto files = package_files(base, tree);
    return files && digest_of(*files) == overlay.base_digest;
  }
  return overlay.base_revision == 0 || overlay.base_revision == base.revision;
}

// Where only procedure.yaml says something else: its tree is here, the other parts are loaded.
// Nothing where that is not so, or where something is wrong; load_package() says what.
std::optional<Procedure> from_known_parts(const BasePackage& base, const Resolution& resolution) {
  if (base.loaded == nullptr) return std::nullopt;
  for (const char* name : {"form.yaml", "process.bpmn", "rules.dmn", "result.yaml"}) {
    const auto was = base.files.find(name);
    const auto now = resolution.files.find(name);
    const bool there = was != base.files.end();
    if (there != (now != resolution.files.end()) || (there && was->second != now->second)) {
      return std::nullopt;
    }
  }
  Tree root = Tree::map();
  for (std::size_t i = 0; i < resolution.tree.keys.size(); ++i) {
    const std::string& key = resolution.tree.keys[i];
    if (key == "form" || key == "process" || key == "rules" || key == "layouts" || key == "files") {
      continue;
    }
    root.put(key, resolution.tree.items[i]);
  }
  form::DefinitionProblems problems;
  Procedure procedure = read_procedure_tree(root, "procedure.yaml", problems);
  if (!problems.empty()) return std::nullopt;
  procedure.form = base.loaded->form;
  procedure.steps = base.loaded->steps;
  procedure.process = base.loaded->process;
  procedure.rules = base.loaded->rules;
  procedure.result_layouts = base.loaded->result_layouts;
  procedure.digest = resolution.digest;
  return procedure;
}

// The acts the package itself rests on.
std::vector<LegalBasis> basis_of(const BasePackage& base) {
  std::vector<LegalBasis> list;
  const Tree* tree = base.tree.find("legal_basis");
  if (tree == nullptr) return list;
  for (const Tree& item : tree->items) {
    LegalBasis basis;
    basis.act = item.text_of("act");
    basis.article = item.text_of("article");
    if (const Tree* title = item.find("title"); title != nullptr) {
      basis.title = {std::string{title->text_of("vi")}, std::string{title->text_of("en")}};
    }
    basis.from = day_of(item, "from");
    basis.to = day_of(item, "to");
    list.push_back(std::move(basis));
  }
  return list;
}

}  // namespace

form::Defined<Applicable> applicable(const std::string& code, const Overlays& overlays,
                                     const AgencyChain& chain, Date on) {
  struct Placed {
    std::size_t place;
    std::shared_ptr<const Overlay> overlay;
  };
  form::DefinitionProblems problems;
  Applicable found;
  std::vector<Placed> placed;
  for (const auto& overlay : overlays) {
    if (overlay->code != code) continue;
    const auto place = place_in(chain, *overlay);
    if (!place) continue;
    narrow(found.from, found.to, *overlay, on);
    if (overlay->in_force(on)) placed.push_back({*place, overlay});
  }
  std::ranges::sort(placed, [](const Placed& a, const Placed& b) {
    return std::tie(a.place, a.overlay->agency, a.overlay->revision, a.overlay->file) <
           std::tie(b.place, b.overlay->agency, b.overlay->revision, b.overlay->file);
  });
  for (std::size_t i = 1; i < placed.size(); ++i) {
    const Overlay& one = *placed[i - 1].overlay;
    const Overlay& other = *placed[i].overlay;
    if (placed[i - 1].place != placed[i].place) continue;
    const bool agency = one.agency == other.agency;
    problems.push_back(
        {other.file, 0,
         agency ? "two overlays of " + other.agency + " for " + code + " hold on " +
                      calendar::to_iso(on) + ": " + one.file + " (" + days_of(one) + ") and " +
                      other.file + " (" + days_of(other) + ")"
                : "two ministries, " + one.agency + " (" + one.file + ") and " + other.agency +
                      " (" + other.file + "), change " + code + " on " + calendar::to_iso(on),
         agency ? "let the older one end the day before the newer one begins: effective_to: " +
                      calendar::to_iso(std::max(one.effective_from, other.effective_from) - kDay)
                : "leave one of them, or make them one"});
  }
  if (!problems.empty()) return base::Failure{std::move(problems)};
  for (Placed& one : placed) found.overlays.push_back(std::move(one.overlay));
  return found;
}

form::Defined<Resolution> resolve(const BasePackage& base, const Applicable& applicable,
                                  const LockPolicy& policy) {
  form::DefinitionProblems problems;
  Resolution resolution;
  resolution.from = applicable.from;
  resolution.to = applicable.to;
  resolution.tree = base.tree;
  resolution.origins.push_back({Layer::nation, "", base.revision, base.digest, basis_of(base)});
  for (const auto& overlay : applicable.overlays) {
    if (overlay->code != base.code) {
      problems.push_back(
          {overlay->file, 0,
           "the overlay is for the procedure " + overlay->code + ", not for " + base.code,
           "correct its `code`, or put it to the other procedure"});
      continue;
    }
    check_days(base, *overlay, problems);
    if (!is_written_against(*overlay, base, resolution.tree, resolution.origins.size() > 1)) {
      resolution.written_against_another.push_back(overlay->name());
    }
    apply_overlay(resolution.tree, *overlay, policy, resolution.origins, problems);
  }
  if (!problems.empty()) return base::Failure{std::move(problems)};
  if (applicable.overlays.empty()) {
    resolution.files = base.files;
    resolution.digest = base.digest;
    return resolution;
  }
  auto files = package_files(base, resolution.tree);
  if (!files) return base::Failure{std::move(files).error()};
  resolution.files = std::move(files).value();
  resolution.digest = digest_of(resolution.files);
  return resolution;
}

form::Defined<Resolution> resolve(const BasePackage& base, const Overlays& overlays,
                                  const AgencyChain& chain, Date on, const LockPolicy& policy) {
  auto found = applicable(base.code, overlays, chain, on);
  if (!found) return base::Failure{std::move(found).error()};
  return resolve(base, *found, policy);
}

form::Defined<Procedure> load_resolved(const BasePackage& base, const Resolution& resolution,
                                       const form::Dictionary& dictionary,
                                       LoadOptions::Checks checks) {
  if (base.loaded != nullptr && resolution.digest == base.digest) return Procedure{*base.loaded};
  if (checks == LoadOptions::Checks::passed) {
    if (auto known = from_known_parts(base, resolution)) return *std::move(known);
  }
  LoadOptions options;
  options.checks = checks;
  if (base.loaded != nullptr) {
    options.like = base.loaded.get();
    options.like_files = &base.files;
  }
  return load_package(resolution.files, dictionary, options);
}

std::vector<ExplainedValue> explain(const Resolution& resolution) {
  std::vector<ExplainedValue> values;
  for (const Leaf& leaf : leaves_of(resolution.tree)) {
    values.push_back(
        {leaf.path.text(), in_one_line(*leaf.value), &resolution.origins[leaf.value->origin]});
  }
  return values;
}

base::json::object explanation_json(const Resolution& resolution) {
  base::json::object json;
  json["code"] = std::string{resolution.tree.text_of("code")};
  json["digest"] = resolution.digest;
  json["from"] = resolution.from ? base::json::value(calendar::to_iso(*resolution.from)) : nullptr;
  json["to"] = resolution.to ? base::json::value(calendar::to_iso(*resolution.to)) : nullptr;
  base::json::array stale;
  for (const std::string& name : resolution.written_against_another) stale.emplace_back(name);
  json["written_against_another"] = std::move(stale);
  base::json::array origins;
  for (const Origin& origin : resolution.origins) origins.push_back(to_json(origin));
  json["origins"] = std::move(origins);
  base::json::array values;
  for (const ExplainedValue& value : explain(resolution)) {
    values.push_back(base::json::object{{"path", value.path},
                                        {"value", value.value},
                                        {"origin", value.origin - resolution.origins.data()}});
  }
  json["values"] = std::move(values);
  return json;
}

}  // namespace procedure
