#include "procedure/overlay_application.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "bpmn/model_xml.h"
#include "procedure/process_tree.h"
#include "procedure/rules_tree.h"
#include "procedure/tree_reader.h"

namespace procedure {
namespace {

constexpr std::size_t kListMax = 2'000;

using Refused = std::optional<form::DefinitionProblem>;

class Application {
 public:
  Application(Tree& tree, const Overlay& overlay, const Change& change, const LockPolicy& policy,
              std::uint16_t origin)
      : tree_(tree), overlay_(overlay), change_(change), policy_(policy), origin_(origin) {}

  Refused run() {
    const std::vector<AttributePath> paths = expanded(tree_, change_.path);
    if (paths.empty()) {
      return refuse("the package has nothing at `" + change_.path.text() + "`",
                    "name an attribute it has; `motcua procedure resolve --explain` lists them");
    }
    // All or nothing: what one of many paths refuses, none of them does.
    for (const AttributePath& path : paths) {
      if (Refused refused = one(path, false)) return refused;
    }
    for (const AttributePath& path : paths) {
      if (Refused refused = one(path, true)) return refused;
    }
    return std::nullopt;
  }

 private:
  [[nodiscard]] Refused refuse(std::string message, std::string remedy) const {
    return form::DefinitionProblem{overlay_.file, change_.line, std::move(message),
                                   std::move(remedy)};
  }

  Refused one(const AttributePath& path, bool make) {
    switch (change_.verb) {
      case Verb::set:
        return set(path, make);
      case Verb::add:
        return add(path, make);
      case Verb::remove:
        return remove(path, make);
    }
    return std::nullopt;
  }

  Refused locked(const AttributePath& path, const LockPolicy::Ruling& ruling,
                 std::string_view wish) const {
    const std::string who{to_text(overlay_.layer)};
    if (ruling.rule == nullptr) {
      return refuse("`" + path.text() + "` is locked: no rule of the lock policy opens it",
                    "leave it as the nation says, or have a rule added to data/policy/locks.yaml");
    }
    const std::string why =
        ruling.rule->reason.vi + " (" + ruling.rule->basis + ") / " + ruling.rule->reason.en;
    return refuse("`" + path.text() + "` is " + std::string{to_text(ruling.lock.lock)} +
                      " for the layer " + who + ", it cannot be " + std::string{wish} + ": " + why,
                  ruling.lock.lock == Lock::additive
                      ? "add an entry of its own instead of changing what is there"
                      : "take this change out");
  }

  Refused basis_missing(const AttributePath& path, const LayerLock& lock) const {
    if (!lock.needs_basis || (change_.basis && !change_.basis->article.empty())) {
      return std::nullopt;
    }
    return refuse("changing `" + path.text() + "` needs its own provision, with the article",
                  "add basis: {act: ..., article: ..., title: {vi: ..., en: ...}} to the change");
  }

  // May the value under `path` become `now`?  Asked of every value that differs.
  Refused may_set(const AttributePath& path, const Tree* was, const Tree& now) const {
    if (was != nullptr && says_the_same(*was, now)) return std::nullopt;
    const LockPolicy::Ruling ruling = policy_.ruling(path, overlay_.layer);
    if (ruling.lock.lock != Lock::overridable) return locked(path, ruling, "changed");
    if (Refused missing = basis_missing(path, ruling.lock)) return missing;
    const bool parts = now.is_map() || now.is_list();
    if (ruling.lock.direction != Direction::any || !parts) {
      if (const auto against = against_direction(ruling.lock, was, now)) {
        return refuse("`" + path.text() + "` cannot become " + in_one_line(now, 80) + ": " +
                          *against + " (" + ruling.rule->reason.vi + "; " + ruling.rule->basis +
                          ")",
                      "write a value that keeps to it");
      }
      return std::nullopt;
    }
    // A map is as open as each of its parts; a file set as a whole is one value.
    if (!now.is_map() || now.find("xml") != nullptr) return std::nullopt;
    for (std::size_t i = 0; i < now.keys.size(); ++i) {
      const Tree* below = was == nullptr ? nullptr : was->find(now.keys[i]);
      if (Refused refused = may_set(path.name(now.keys[i]), below, now.items[i])) return refused;
    }
    if (was == nullptr || !was->is_map()) return std::nullopt;
    for (const std::string& key : was->keys) {
      if (now.find(key) != nullptr) continue;
      if (Refused refused = may_remove(path.name(key))) return refused;
    }
    return std::nullopt;
  }

  Refused may_remove(const AttributePath& path) const {
    const LockPolicy::Ruling ruling = policy_.ruling(path, overlay_.layer);
    if (ruling.lock.lock != Lock::overridable) return locked(path, ruling, "removed");
    if (Refused missing = basis_missing(path, ruling.lock)) return missing;
    if (ruling.lock.direction != Direction::any) {
      return refuse("`" + path.text() + "` may be changed, not removed", "set it instead");
    }
    return std::nullopt;
  }

  // What an overlay writes, as the tree says it.
  [[nodiscard]] Refused shaped(const AttributePath& path, Tree& value) const {
    const std::vector<PathPart>& parts = path.parts();
    if (path == AttributePath({{"process", false}})) {
      const auto model = bpmn::read_model(value.text);
      if (!value.is_scalar() || !model) {
        return refuse("`process` is set to what is no BPMN 2.0 XML",
                      "write the text of the file below `to: |`");
      }
      Tree process = process_tree(*model);
      process.put("xml", value);
      value = std::move(process);
    } else if (path == AttributePath({{"rules", false}})) {
      Tree rules = rules_tree(value.text);
      if (!value.is_scalar() || rules.find("decisions")->items.empty()) {
        return refuse("`rules` is set to what is no DMN XML with a decision",
                      "write the text of the file below `to: |`");
      }
      rules.put("xml", value);
      value = std::move(rules);
    } else if (parts.size() == 3 && parts[0].text == "rules" && parts[1].text == "decisions") {
      if (!value.is_scalar() || !is_decision_xml(value.text, parts[2].text)) {
        return refuse("the decision `" + parts[2].text + "` is set to what is no such decision",
                      "write one <decision id=\"" + parts[2].text + "\"> element below `to: |`");
      }
    }
    return std::nullopt;
  }

  Refused set(const AttributePath& path, bool make) {
    Tree* at = find_attribute(tree_, path);
    Tree value = change_.value;
    if (Refused refused = shaped(path, value)) return refused;
    if (at == nullptr) {
      Tree* above = find_attribute(tree_, path.parent());
      if (above == nullptr || !above->is_map()) {
        return refuse("the package has no entry `" + path.text() + "`",
                      "to put a new entry into a list, write add: " + path.parent().text());
      }
    } else if (at->is_list() != value.is_list() && !at->items.empty()) {
      return refuse("`" + path.text() + "` is a list, or is none, unlike what it is set to",
                    "write the same kind of value");
    }
    // The id of an entry is how everything else finds it.
    const std::string& last = path.parts().back().text;
    if (path.parts().size() > 1 && at != nullptr && (last == "id" || last == "code")) {
      return refuse("`" + path.text() + "` is what the entry is found by", "leave it as it is");
    }
    if (path.parts().front().text == "process" && path.parts().size() > 3) {
      // Who flows to whom is drawn; a value that the file cannot say would be silently lost.
      if (last == "kind" || last == "from" || last == "to" || last == "lane") {
        return refuse("`" + path.text() + "` is part of the drawing",
                      "add a step, or set the process as a whole: set: process");
      }
      if (last == "reason" && value.text != "true" && value.text != "false") {
        return refuse("`" + path.text() + "` is neither true nor false", "write true or false");
      }
    }
    if (Refused refused = may_set(path, at, value)) return refused;
    if (!make) return std::nullopt;
    value.set_origin(origin_);
    if (at != nullptr) {
      if (says_the_same(*at, value)) return std::nullopt;
      replace(*at, std::move(value));
    } else {
      find_attribute(tree_, path.parent())->put(last, std::move(value));
    }
    return std::nullopt;
  }

  // What stays the same below keeps its origin.
  static void replace(Tree& at, Tree value) {
    if (at.is_map() && value.is_map()) {
      for (std::size_t i = 0; i < value.keys.size(); ++i) {
        const Tree* was = at.find(value.keys[i]);
        if (was != nullptr && says_the_same(*was, value.items[i])) value.items[i] = *was;
      }
    }
    at = std::move(value);
  }

  Refused add(const AttributePath& path, bool make) {
    const LockPolicy::Ruling ruling = policy_.ruling(path, overlay_.layer);
    if (ruling.lock.lock == Lock::locked) return locked(path, ruling, "added to");
    if (Refused missing = basis_missing(path, ruling.lock)) return missing;
    Tree* at = find_attribute(tree_, path);
    if (at != nullptr && !at->is_list() && at->kind != Tree::Kind::null) {
      return refuse("`" + path.text() + "` is no list", "set it instead: set: " + path.text());
    }
    if (at == nullptr) {
      Tree* above = find_attribute(tree_, path.parent());
      if (above == nullptr || !above->is_map()) {
        return refuse("the package has no list `" + path.text() + "`", "name a list it has");
      }
      if (!make) return std::nullopt;
      at = &above->put(path.parts().back().text, Tree::list());
      at->origin = origin_;
    }
    if (at->kind == Tree::Kind::null) *at = Tree::list();
    Tree value = change_.value;
    value.set_origin(origin_);
    if (path == AttributePath({{"process", false}, {"steps", false}})) {
      return add_step(std::move(value), make);
    }
    const std::string identity{identity_of(value)};
    if (!identity.empty() && std::ranges::any_of(at->items, [&](const Tree& item) {
          return identity_of(item) == identity;
        })) {
      // A further article of an act that is there already is a further entry.
      const bool act = value.find("act") != nullptr;
      if (!act || std::ranges::any_of(
                      at->items, [&](const Tree& item) { return says_the_same(item, value); })) {
        return refuse("`" + path.text() + "` has an entry `" + identity + "` already",
                      "give the new entry another id, or set what is there");
      }
    }
    if (at->items.size() >= kListMax) {
      return refuse("`" + path.text() + "` has more than 2,000 entries", "take some out");
    }
    std::size_t place = at->items.size();
    for (const bool after : {true, false}) {
      const std::string& anchor = after ? change_.after : change_.before;
      if (anchor.empty()) continue;
      const Tree* beside = find_attribute(*at, AttributePath().item(anchor));
      if (beside == nullptr) {
        return refuse("`" + path.text() + "` has no entry `" + anchor + "` to stand beside",
                      "name an entry that is there, or leave `after` and `before` out");
      }
      place = static_cast<std::size_t>(beside - at->items.data()) + (after ? 1 : 0);
    }
    if (!make) return std::nullopt;
    at->items.insert(at->items.begin() + static_cast<std::ptrdiff_t>(place), std::move(value));
    return std::nullopt;
  }

  Refused add_step(Tree step, bool make) {
    if (step.line == 0) step.line = change_.line;
    Tree& process = *tree_.find("process");
    Tree trial;
    if (!make) trial = process;
    auto wrong =
        insert_step(make ? process : trial, std::move(step), {change_.after, change_.before});
    if (!wrong) return std::nullopt;
    return refuse(wrong->message, wrong->remedy);
  }

  Refused remove(const AttributePath& path, bool make) {
    if (find_attribute(tree_, path) == nullptr) {
      return refuse("the package has nothing at `" + path.text() + "`", "take this change out");
    }
    const std::vector<PathPart>& parts = path.parts();
    if (parts.size() < 2 || (parts[0].text == "process" && parts.size() <= 3)) {
      return refuse("`" + path.text() + "` cannot be removed",
                    "set the process as a whole where a step has to go: set: process");
    }
    if (Refused refused = may_remove(path)) return refused;
    if (!make) return std::nullopt;
    Tree* above = find_attribute(tree_, path.parent());
    if (above->is_map()) {
      above->erase(parts.back().text);
    } else {
      const Tree* item = find_attribute(tree_, path);
      above->items.erase(above->items.begin() + (item - above->items.data()));
    }
    above->origin = origin_;
    return std::nullopt;
  }

  Tree& tree_;
  const Overlay& overlay_;
  const Change& change_;
  const LockPolicy& policy_;
  std::uint16_t origin_;
};

void join_basis(Tree& tree, const LegalBasis& basis, std::uint16_t origin) {
  Tree* list = tree.find("legal_basis");
  if (list == nullptr || !list->is_list()) return;
  const bool known = std::ranges::any_of(list->items, [&](const Tree& item) {
    return item.text_of("act") == basis.act && item.text_of("article") == basis.article;
  });
  if (known) return;
  Tree entry = legal_basis_tree(basis);
  entry.set_origin(origin);
  list->items.push_back(std::move(entry));
}

}  // namespace

Refused apply_change(Tree& tree, const Overlay& overlay, const Change& change,
                     const LockPolicy& policy, std::uint16_t origin) {
  return Application(tree, overlay, change, policy, origin).run();
}

void apply_overlay(Tree& tree, const Overlay& overlay, const LockPolicy& policy,
                   std::vector<Origin>& origins, form::DefinitionProblems& problems) {
  const auto begin_origin = [&](std::vector<LegalBasis> basis) {
    origins.push_back(
        {overlay.layer, overlay.agency, overlay.revision, overlay.digest, std::move(basis)});
    return static_cast<std::uint16_t>(origins.size() - 1);
  };
  const std::uint16_t whole = begin_origin(overlay.legal_basis);
  for (const LegalBasis& basis : overlay.legal_basis) join_basis(tree, basis, whole);
  for (const Change& change : overlay.changes) {
    const std::uint16_t origin = change.basis ? begin_origin({*change.basis}) : whole;
    if (auto refused = apply_change(tree, overlay, change, policy, origin)) {
      problems.push_back(*std::move(refused));
    } else if (change.basis) {
      join_basis(tree, *change.basis, origin);
    }
  }
}

}  // namespace procedure
