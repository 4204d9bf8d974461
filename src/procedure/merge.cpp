#include "procedure/merge.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/sha256.h"
#include "procedure/overlay_application.h"

namespace procedure {
namespace {

bool same(const Tree* a, const Tree* b) {
  if (a == nullptr || b == nullptr) return a == b;
  return says_the_same(*a, *b);
}

std::string words(const Tree* tree) {
  return tree == nullptr ? std::string{} : in_one_line(*tree);
}

std::string quoted(const std::string& text, const char* nothing) {
  return text.empty() ? nothing : "“" + text + "”";
}

class Merging {
 public:
  Merging(const BasePackage& before, const BasePackage& after, const Overlay& overlay,
          const LockPolicy& policy)
      : before_(before),
        after_(after),
        overlay_(overlay),
        policy_(policy),
        then_(before.tree),
        now_(after.tree) {}

  Merge run() {
    merge_.overlay = overlay_;
    if (before_.digest == after_.digest) return std::move(merge_);
    merge_.overlay.changes.clear();
    for (const Change& change : overlay_.changes) {
      if (keeps(change)) {
        // The trees go on with it: what follows may speak of what it put in.
        if (auto refused = apply_change(now_, overlay_, change, policy_, 1)) {
          refuse(change, *refused);
        } else {
          merge_.overlay.changes.push_back(change);
        }
      }
      (void)apply_change(then_, overlay_, change, policy_, 1);
    }
    merge_.overlay.revision = overlay_.revision + 1;
    merge_.overlay.base_revision = after_.revision;
    merge_.overlay.base_digest = after_.digest;
    merge_.overlay.digest = base::to_hex(base::sha256(write_overlay(merge_.overlay)));
    return std::move(merge_);
  }

 private:
  // False when the change is dropped, or in conflict.
  bool keeps(const Change& change) {
    switch (change.verb) {
      case Verb::set:
        return keeps_set(change);
      case Verb::add:
        return keeps_add(change);
      case Verb::remove:
        return keeps_remove(change);
    }
    return true;
  }

  bool keeps_set(const Change& change) {
    const std::vector<AttributePath> then = expanded(then_, change.path);
    const std::vector<AttributePath> now = expanded(now_, change.path);
    if (now.empty()) {
      conflict(ConflictKind::gone, change, change.path, then.empty() ? change.path : then.front());
      return false;
    }
    std::size_t said_already = 0;
    bool good = true;
    for (const AttributePath& path : now) {
      const Tree* new_value = find_attribute(now_, path);
      if (new_value != nullptr && says_the_same(*new_value, change.value)) {
        ++said_already;
        continue;
      }
      const Tree* old_value = find_attribute(then_, path);
      // With a star: an entry that the old base did not have is changed like the others.
      if (old_value == nullptr && change.path.has_star()) continue;
      if (is_same(path, old_value, new_value)) continue;
      conflict(ConflictKind::changed, change, path, path);
      good = false;
    }
    if (said_already == now.size()) {
      drop(change);
      return false;
    }
    return good;
  }

  // Whole files are compared as they are: the tree of a process knows no diagram.
  [[nodiscard]] bool is_same(const AttributePath& path, const Tree* a, const Tree* b) const {
    if (path.parts().size() == 1 && (path.text() == "process" || path.text() == "rules")) {
      const std::string file = path.text() == "process" ? "process.bpmn" : "rules.dmn";
      const auto x = before_.files.find(file);
      const auto y = after_.files.find(file);
      const bool in_both = x != before_.files.end() && y != after_.files.end();
      return in_both ? x->second == y->second
                     : (x == before_.files.end()) == (y == after_.files.end());
    }
    return same(a, b);
  }

  bool keeps_add(const Change& change) {
    const AttributePath steps({{"process", false}, {"steps", false}});
    const std::string identity{identity_of(change.value)};
    for (const AttributePath& path : expanded(now_, change.path)) {
      const Tree* list = find_attribute(now_, path);
      if (list == nullptr) continue;
      const AttributePath entry = path.item(identity);
      const Tree* taken =
          identity.empty() ? nullptr : find_attribute(*list, AttributePath().item(identity));
      if (taken != nullptr) {
        if (says_the_same(*taken, change.value)) {
          drop(change);
        } else {
          conflict(ConflictKind::id_taken, change, entry, entry);
        }
        return false;
      }
      if (path == steps) continue;  // insert_step() says whether the place is there
      for (const std::string& anchor : {change.after, change.before}) {
        if (anchor.empty() || find_attribute(*list, AttributePath().item(anchor)) != nullptr) {
          continue;
        }
        conflict(ConflictKind::anchor_gone, change, path.item(anchor), path.item(anchor));
        return false;
      }
    }
    return true;
  }

  bool keeps_remove(const Change& change) {
    bool any = false;
    bool good = true;
    for (const AttributePath& path : expanded(now_, change.path)) {
      const Tree* value = find_attribute(now_, path);
      if (value == nullptr) continue;
      any = true;
      const Tree* old_value = find_attribute(then_, path);
      if (same(old_value, value) || (old_value == nullptr && change.path.has_star())) continue;
      conflict(ConflictKind::changed, change, path, path);
      good = false;
    }
    if (!any) drop(change);
    return any && good;
  }

  void drop(const Change& change) {
    const std::string path = change.path.text();
    merge_.dropped.push_back(
        {path,
         {"cấp trên nay đã quy định như vậy ở " + path + "; thay đổi không còn cần",
          "the upper layer says the same at " + path + " now; the change is not needed any more"}});
  }

  void conflict(ConflictKind kind, const Change& change, const AttributePath& now_path,
                const AttributePath& then_path) {
    Conflict one;
    one.kind = kind;
    one.path = now_path.text();
    one.before = words(find_attribute(before_.tree, then_path));
    one.after = words(find_attribute(after_.tree, now_path));
    one.ours = change.verb == Verb::remove ? std::string{} : in_one_line(change.value);
    one.line = change.line;
    tell(one, change);
    // Could it be kept at all?
    if (kind == ConflictKind::changed && change.verb == Verb::set) {
      Tree trial = now_;
      if (const auto refused = apply_change(trial, overlay_, change, policy_, 1)) {
        one.text.vi += "; nay không giữ được: " + refused->message;
        one.text.en += "; it cannot be kept: " + refused->message;
      }
    }
    merge_.conflicts.push_back(std::move(one));
  }

  static void tell(Conflict& one, const Change& change) {
    const std::string& path = one.path;
    switch (one.kind) {
      case ConflictKind::changed:
        one.text = {path + ": khi viết là " + quoted(one.before, "chưa quy định") +
                        ", cấp trên nay quy định " + quoted(one.after, "không còn quy định") +
                        ", văn bản này quy định " + quoted(one.ours, "bỏ") +
                        "; cần quyết định giữ điều nào",
                    path + ": it was " + quoted(one.before, "not said") +
                        " when this was written, the upper layer says " +
                        quoted(one.after, "nothing") + " now, this overlay says " +
                        quoted(one.ours, "to remove it") + "; somebody has to decide"};
        return;
      case ConflictKind::gone:
        one.text = {path + ": cấp trên đã bỏ nội dung mà văn bản này thay đổi thành " +
                        quoted(one.ours, "bỏ"),
                    path + ": the upper layer has taken out what this overlay changes to " +
                        quoted(one.ours, "nothing")};
        return;
      case ConflictKind::id_taken:
        one.text = {path + ": cấp trên nay có mục cùng mã: " + quoted(one.after, "") +
                        "; mục của văn bản này: " + quoted(one.ours, ""),
                    path + ": the upper layer has an entry of this id now: " +
                        quoted(one.after, "") + "; the overlay's own: " + quoted(one.ours, "")};
        return;
      case ConflictKind::anchor_gone:
        one.text = {"Vị trí thêm " + quoted(one.ours, "") +
                        " không còn: cấp trên đã bỏ hoặc thay đổi " + path,
                    "The place of " + quoted(one.ours, "") +
                        " is gone: the upper layer has removed or changed " + path};
        return;
      case ConflictKind::not_allowed:
        one.text = {path + ": " + change.path.text() + " không còn được phép thay đổi như vậy",
                    path + ": such a change is not allowed any more"};
        return;
    }
  }

  // The new base does not take the change: why, in the words of the refusal.
  void refuse(const Change& change, const form::DefinitionProblem& problem) {
    const AttributePath steps({{"process", false}, {"steps", false}});
    const bool place = change.verb == Verb::add && change.path == steps;
    Conflict one;
    one.kind = place ? ConflictKind::anchor_gone : ConflictKind::not_allowed;
    AttributePath path = change.path;
    if (place) {
      path = path.item(!change.after.empty() ? change.after : change.before);
    } else if (const auto paths = expanded(now_, change.path); !paths.empty()) {
      path = paths.front();
    }
    one.path = path.text();
    one.before = words(find_attribute(before_.tree, path));
    one.after = words(find_attribute(after_.tree, path));
    one.ours = in_one_line(change.value);
    one.line = change.line;
    tell(one, change);
    one.text.vi += " (" + problem.message + ")";
    one.text.en += " (" + problem.message + "): " + problem.remedy;
    merge_.conflicts.push_back(std::move(one));
  }

  const BasePackage& before_;
  const BasePackage& after_;
  const Overlay& overlay_;
  const LockPolicy& policy_;
  Tree then_;  // the old base with the overlay's changes so far
  Tree now_;   // the new one
  Merge merge_;
};

}  // namespace

std::string_view to_text(ConflictKind kind) {
  switch (kind) {
    case ConflictKind::changed:
      return "changed";
    case ConflictKind::gone:
      return "gone";
    case ConflictKind::id_taken:
      return "id_taken";
    case ConflictKind::anchor_gone:
      return "anchor_gone";
    case ConflictKind::not_allowed:
      return "not_allowed";
  }
  return "";
}

Merge merge(const BasePackage& before, const BasePackage& after, const Overlay& overlay,
            const LockPolicy& policy) {
  return Merging(before, after, overlay, policy).run();
}

base::json::object to_json(const Merge& merge) {
  const auto bilingual = [](const form::Bilingual& text) {
    return base::json::object{{"vi", text.vi}, {"en", text.en}};
  };
  base::json::array conflicts;
  for (const Conflict& one : merge.conflicts) {
    conflicts.push_back(base::json::object{{"kind", std::string{to_text(one.kind)}},
                                           {"path", one.path},
                                           {"before", one.before},
                                           {"after", one.after},
                                           {"ours", one.ours},
                                           {"text", bilingual(one.text)},
                                           {"line", one.line}});
  }
  base::json::array dropped;
  for (const Dropped& one : merge.dropped) {
    dropped.push_back(base::json::object{{"path", one.path}, {"text", bilingual(one.text)}});
  }
  return {{"overlay", write_overlay(merge.overlay)},
          {"conflicts", std::move(conflicts)},
          {"dropped", std::move(dropped)}};
}

}  // namespace procedure
