// overlay := {code, layer, agency, revision?, legal_basis: [basis], effective_from, effective_to?,
//             base?: {revision?, digest?}, changes: [change]}
// change  := {set: path, to: value, basis?, note?}
//          | {add: path, value: value, after?, before?, basis?, note?}
//          | {remove: path, basis?, note?}
#include "procedure/overlay.h"

#include <algorithm>
#include <utility>

#include "base/sha256.h"
#include "procedure/tree_reader.h"
#include "procedure/tree_yaml.h"

namespace procedure {
namespace {

using form::Need;

class OverlayReader {
 public:
  OverlayReader(const Tree& root, const std::string& file, form::DefinitionProblems& problems)
      : root_(root), reader_(file, problems) {}

  Overlay read() {
    reader_.only_keys(root_, {"code", "layer", "agency", "revision", "legal_basis",
                              "effective_from", "effective_to", "base", "changes"});
    overlay_.code = reader_.text(root_, "code", Need::required, 20);
    read_agency();
    const std::int64_t revision = reader_.integer(root_, "revision").value_or(1);
    if (revision < 1 || revision > 100'000) {
      reader_.problem(*root_.find("revision"), "a revision is a number from 1 on",
                      "write revision: 1");
    } else {
      overlay_.revision = static_cast<int>(revision);
    }
    read_dates();
    read_legal_basis();
    read_base();
    const Tree* changes = root_.find("changes");
    if (changes == nullptr || !changes->is_list() || changes->items.empty() ||
        changes->items.size() > kChangesMax) {
      reader_.problem(changes == nullptr ? root_ : *changes,
                      "`changes` is no list of 1 to 500 changes",
                      "write one change a line: - set: PATH, with to: VALUE below it");
      return std::move(overlay_);
    }
    for (const Tree& node : changes->items) read_change(node);
    return std::move(overlay_);
  }

 private:
  void read_agency() {
    const std::string layer = reader_.text(root_, "layer", Need::required);
    const auto found = find_layer(layer);
    if (!layer.empty() && (!found || *found == Layer::nation)) {
      reader_.problem(*root_.find("layer"), "`" + layer + "` is no layer of an overlay",
                      "write ministry, province or commune");
    }
    overlay_.layer = found.value_or(Layer::province);
    const std::string code = reader_.text(root_, "agency", Need::required, 35);
    const auto agency = party::AgencyId::parse(code);
    if (code.empty()) return;
    if (!agency) {
      reader_.problem(*root_.find("agency"), "`" + code + "` is no agency code",
                      "write it as H41 or H41.101");
      return;
    }
    overlay_.agency = agency->text();
    const bool local = overlay_.agency.front() == 'H';
    const bool top = overlay_.agency.size() == 3;
    const bool fits = overlay_.layer == Layer::ministry   ? !local && top
                      : overlay_.layer == Layer::province ? local && top
                                                          : local && !top;
    if (!fits) {
      reader_.problem(*root_.find("agency"),
                      "the agency `" + overlay_.agency + "` is not of the layer `" + layer + "`",
                      "ministries are like G15, provinces like H41, units below them like H41.101");
    }
  }

  void read_dates() {
    overlay_.effective_from =
        reader_.date(root_, "effective_from", Need::required).value_or(calendar::Date{});
    overlay_.effective_to = reader_.date(root_, "effective_to");
    if (overlay_.effective_to && *overlay_.effective_to < overlay_.effective_from) {
      reader_.problem(*root_.find("effective_to"), "the overlay ends before it begins",
                      "correct effective_from or effective_to");
    }
  }

  // Nobody changes a procedure but by a provision that is in force meanwhile.
  void read_legal_basis() {
    const Tree* list = root_.find("legal_basis");
    if (list == nullptr || !list->is_list() || list->items.empty() || list->items.size() > 100) {
      reader_.problem(list == nullptr ? root_ : *list, "`legal_basis` is no list of provisions",
                      "name the decision or resolution that makes the change: - {act, article, "
                      "title}");
      return;
    }
    bool in_force = false;
    for (const Tree& node : list->items) {
      LegalBasis basis = reader_.legal_basis(node);
      in_force = in_force || overlaps(basis);
      overlay_.legal_basis.push_back(std::move(basis));
    }
    if (!in_force) {
      reader_.problem(*list, "no provision named is in force while the overlay is",
                      "correct the dates, or name the provision that is in force");
    }
  }

  [[nodiscard]] bool overlaps(const LegalBasis& basis) const {
    const bool ended = basis.to && *basis.to < overlay_.effective_from;
    const bool not_begun =
        basis.from && overlay_.effective_to && *overlay_.effective_to < *basis.from;
    return !ended && !not_begun;
  }

  void read_base() {
    const Tree* base = root_.find("base");
    if (base == nullptr || !reader_.only_keys(*base, {"revision", "digest"})) return;
    const std::int64_t revision = reader_.integer(*base, "revision").value_or(0);
    overlay_.base_revision = revision >= 0 && revision <= 100'000 ? static_cast<int>(revision) : 0;
    overlay_.base_digest = reader_.text(*base, "digest");
    const auto hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    if (!overlay_.base_digest.empty() &&
        (overlay_.base_digest.size() != 64 || !std::ranges::all_of(overlay_.base_digest, hex))) {
      reader_.problem(*base, "`digest` is no SHA-256 digest", "write its 64 digits 0-9, a-f");
    }
  }

  void read_change(const Tree& node) {
    Change change;
    change.line = node.line;
    std::string key;
    for (const auto& [verb, name] : {std::pair{Verb::set, "set"}, std::pair{Verb::add, "add"},
                                     std::pair{Verb::remove, "remove"}}) {
      if (node.find(name) == nullptr) continue;
      if (!key.empty()) {
        reader_.problem(node, "one change does one thing", "write two changes instead");
        return;
      }
      change.verb = verb;
      key = name;
    }
    const bool known =
        change.verb == Verb::set ? reader_.only_keys(node, {"set", "to", "basis", "note"})
        : change.verb == Verb::add
            ? reader_.only_keys(node, {"add", "value", "after", "before", "basis", "note"})
            : reader_.only_keys(node, {"remove", "basis", "note"});
    if (!known) return;
    if (key.empty()) {
      reader_.problem(node, "a change sets, adds or removes",
                      "begin it with set:, add: or remove:");
      return;
    }
    const std::string path = reader_.text(node, key, Need::required, 400);
    const auto parsed = AttributePath::parse(path);
    if (!parsed) {
      if (!path.empty()) {
        reader_.problem(*node.find(key), "`" + path + "` is no path of an attribute",
                        "write it as cases[late].limits[counter].published");
      }
      return;
    }
    change.path = *parsed;
    const char* value_key = change.verb == Verb::set ? "to" : "value";
    const Tree* value = node.find(value_key);
    if (change.verb != Verb::remove && (value == nullptr || value->kind == Tree::Kind::null)) {
      reader_.problem(node, std::string{"`"} + value_key + "` is missing",
                      std::string{"say what it becomes: "} + value_key + ": VALUE");
      return;
    }
    if (value != nullptr) change.value = *value;
    change.after = reader_.text(node, "after", Need::optional, 200);
    change.before = reader_.text(node, "before", Need::optional, 200);
    if (const Tree* basis = node.find("basis"); basis != nullptr) {
      change.basis = reader_.legal_basis(*basis);
    }
    change.note = reader_.text(node, "note");
    overlay_.changes.push_back(std::move(change));
  }

  const Tree& root_;
  TreeReader reader_;
  Overlay overlay_;
};

Tree plain(std::string text) {
  return Tree::scalar(std::move(text), false);
}

Tree change_tree(const Change& change) {
  Tree tree = Tree::map();
  tree.put(std::string{to_text(change.verb)}, Tree::scalar(change.path.text()));
  if (change.verb == Verb::set) tree.put("to", change.value);
  if (change.verb == Verb::add) {
    if (!change.after.empty()) tree.put("after", Tree::scalar(change.after));
    if (!change.before.empty()) tree.put("before", Tree::scalar(change.before));
    tree.put("value", change.value);
  }
  if (change.basis) tree.put("basis", legal_basis_tree(*change.basis));
  if (!change.note.empty()) tree.put("note", Tree::scalar(change.note));
  return tree;
}

bool is_same(const LegalBasis& a, const LegalBasis& b) {
  return a.act == b.act && a.article == b.article && a.title == b.title && a.from == b.from &&
         a.to == b.to;
}

}  // namespace

std::string_view to_text(Verb verb) {
  switch (verb) {
    case Verb::set:
      return "set";
    case Verb::add:
      return "add";
    case Verb::remove:
      return "remove";
  }
  return "";
}

bool operator==(const Change& a, const Change& b) {
  const bool basis =
      a.basis.has_value() == b.basis.has_value() && (!a.basis || is_same(*a.basis, *b.basis));
  return a.verb == b.verb && a.path == b.path && says_the_same(a.value, b.value) &&
         a.after == b.after && a.before == b.before && basis && a.note == b.note;
}

bool Overlay::in_force(calendar::Date on) const {
  return effective_from <= on && (!effective_to || on <= *effective_to);
}

std::string Overlay::name() const {
  return code + "@" + agency + "/" + std::to_string(revision);
}

form::Defined<Overlay> read_overlay(std::string_view text, const std::string& file,
                                    const Parts& parts) {
  form::DefinitionProblems problems;
  auto root = read_tree(text, file, problems);
  if (!root) return base::Failure{std::move(problems)};
  if (!include_parts(*root, file, parts, problems)) return base::Failure{std::move(problems)};
  Overlay overlay = OverlayReader(*root, file, problems).read();
  if (!problems.empty()) return base::Failure{std::move(problems)};
  overlay.file = file;
  // Over the canonical form: what parts say is part of what was decided.
  overlay.digest = base::to_hex(base::sha256(write_overlay(overlay)));
  return overlay;
}

std::string write_overlay(const Overlay& overlay) {
  Tree root = Tree::map();
  root.put("code", Tree::scalar(overlay.code));
  root.put("layer", plain(std::string{to_text(overlay.layer)}));
  root.put("agency", plain(overlay.agency));
  root.put("revision", plain(std::to_string(overlay.revision)));
  Tree bases = Tree::list();
  for (const LegalBasis& basis : overlay.legal_basis) {
    bases.items.push_back(legal_basis_tree(basis));
  }
  root.put("legal_basis", std::move(bases));
  root.put("effective_from", plain(calendar::to_iso(overlay.effective_from)));
  if (overlay.effective_to) {
    root.put("effective_to", plain(calendar::to_iso(*overlay.effective_to)));
  }
  if (overlay.base_revision != 0 || !overlay.base_digest.empty()) {
    Tree base = Tree::map();
    if (overlay.base_revision != 0)
      base.put("revision", plain(std::to_string(overlay.base_revision)));
    if (!overlay.base_digest.empty()) base.put("digest", Tree::scalar(overlay.base_digest));
    root.put("base", std::move(base));
  }
  Tree changes = Tree::list();
  for (const Change& change : overlay.changes) changes.items.push_back(change_tree(change));
  root.put("changes", std::move(changes));
  return write_tree(root);
}

}  // namespace procedure
