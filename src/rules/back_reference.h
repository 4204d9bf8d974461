#pragma once
// back_reference.h - matching patterns that refer back to what a group matched: (a)\1.  Internal to
// the module.
//
// No method is known that takes linear time for these, so this one goes back and tries again, and
// gives up after a number of steps; it is only used for patterns that need it.
#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rules {

class BackReferencePattern {
 public:
  struct Span {
    std::size_t start = std::string_view::npos;  // npos: the group took no part
    std::size_t end = 0;
  };
  using Groups = std::array<Span, 10>;  // the whole match, then the groups 1 to 9
  enum class Found { yes, no, gave_up };

  // Makes the part of a pattern that stands for one character into a test of one, such as "[a-z]".
  class CharacterTest {
   public:
    virtual ~CharacterTest() = default;
    [[nodiscard]] virtual bool admits(std::string_view character) const = 0;
  };
  using MakeTest = std::unique_ptr<CharacterTest> (*)(std::string_view atom,
                                                      std::string_view flags);

  // Nothing for what is no pattern.  Flags as FEEL has them, without q and x.
  [[nodiscard]] static std::shared_ptr<const BackReferencePattern> parse(std::string_view text,
                                                                         std::string_view flags,
                                                                         MakeTest make_test);
  [[nodiscard]] static bool has_reference(std::string_view text);

  // The first match at or behind `from`.
  [[nodiscard]] Found find(std::string_view input, std::size_t from, Groups& groups) const;
  [[nodiscard]] int group_count() const { return group_count_; }

 private:
  friend class BackReferenceReader;
  friend class BackReferenceMatch;

  struct Node {
    enum class Kind { character, start, end, reference, group, sequence, choice, repeat };
    Kind kind = Kind::sequence;
    std::unique_ptr<CharacterTest> test;  // of a character
    int number = 0;                       // of a group (0: it is not remembered) or a reference
    std::vector<std::size_t> parts;       // nodes
    std::size_t least = 0;                // of a repeat
    std::size_t most = 0;
    bool greedy = true;
  };

  std::vector<Node> nodes_;
  std::size_t root_ = 0;
  int group_count_ = 0;
  bool caseless_ = false;
  bool lines_ = false;
};

}  // namespace rules
