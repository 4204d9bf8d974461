#include "procedure/search.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "base/text.h"

namespace procedure {
namespace {

constexpr std::size_t kQueryBytesMax = 400;
constexpr std::size_t kQueryWordsMax = 16;
constexpr std::size_t kForgivingLength = 5;
constexpr std::size_t kWordsPerMiss = 4;

constexpr int kNameWeight = 8;
constexpr int kKeywordWeight = 6;
constexpr int kFieldWeight = 3;
constexpr int kSummaryWeight = 2;
constexpr int kPhraseBonus = 60;

std::vector<std::string> words_of(std::string_view folded) {
  std::vector<std::string> words;
  std::size_t begin = 0;
  while (begin < folded.size()) {
    std::size_t end = folded.find(' ', begin);
    if (end == std::string_view::npos) end = folded.size();
    if (end > begin) words.emplace_back(folded.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

// One letter wrong, missing, added, or two neighbours swapped.
bool one_slip_apart(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  std::size_t i = 0;
  while (i < a.size() && a[i] == b[i]) ++i;
  if (a.size() < b.size()) return a.substr(i) == b.substr(i + 1);
  if (i == a.size()) return true;
  if (a.substr(i + 1) == b.substr(i + 1)) return true;
  return i + 1 < a.size() && a[i] == b[i + 1] && a[i + 1] == b[i] &&
         a.substr(i + 2) == b.substr(i + 2);
}

// How well `word` of the query meets `token`: 4 the same, 3 its beginning, 1 with a slip, 0 not.
int closeness(std::string_view word, std::string_view token) {
  if (word == token) return 4;
  if (token.starts_with(word)) return 3;
  if (word.size() < kForgivingLength) return 0;
  if (one_slip_apart(word, token)) return 1;
  // A slip in the beginning of a longer word.
  return token.size() > word.size() && one_slip_apart(word, token.substr(0, word.size())) ? 1 : 0;
}

}  // namespace

SearchIndex::SearchIndex(std::vector<CardPtr> cards) {
  std::unordered_map<std::string, std::uint32_t> known;
  for (CardPtr& card : cards) {
    Entry entry{card, {}, base::fold_for_search(card->name.vi), {}};
    const auto add = [&](std::string_view text, int weight) {
      for (std::string& word : words_of(base::fold_for_search(text))) {
        const auto [at, fresh] = known.try_emplace(word, static_cast<std::uint32_t>(words_.size()));
        if (fresh) words_.push_back(std::move(word));
        entry.tokens.push_back({at->second, weight});
      }
    };
    add(card->name.vi, kNameWeight);
    add(card->name.en, kNameWeight);
    add(card->field.vi, kFieldWeight);
    add(card->field.en, kFieldWeight);
    add(card->summary.vi, kSummaryWeight);
    add(card->summary.en, kSummaryWeight);
    for (const std::string& keyword : card->keywords) {
      add(keyword, kKeywordWeight);
      entry.folded_phrases.push_back(base::fold_for_search(keyword));
    }
    entry.folded_phrases.push_back(entry.folded_name);
    entry.folded_phrases.push_back(base::fold_for_search(card->name.en));
    add(card->code, kNameWeight);
    // A word's best place counts; once is enough.
    std::ranges::sort(entry.tokens, [](const Token& a, const Token& b) {
      return a.word != b.word ? a.word < b.word : a.weight > b.weight;
    });
    const auto rest = std::ranges::unique(entry.tokens, {}, &Token::word);
    entry.tokens.erase(rest.begin(), rest.end());
    entries_.push_back(std::move(entry));
  }
  std::ranges::stable_sort(entries_, {}, &Entry::folded_name);
}

std::vector<CardPtr> SearchIndex::search(std::string_view query) const {
  std::size_t length = std::min(query.size(), kQueryBytesMax);
  // Never cut within a character.
  while (length > 0 && length < query.size() &&
         (static_cast<unsigned char>(query[length]) & 0xC0U) == 0x80U) {
    --length;
  }
  const std::string folded = base::fold_for_search(query.substr(0, length));
  std::vector<std::string> words = words_of(folded);
  if (words.size() > kQueryWordsMax) words.resize(kQueryWordsMax);

  // How near each word of the index is to each word of the query.
  std::vector<std::vector<std::uint8_t>> near(words.size());
  for (std::size_t i = 0; i < words.size(); ++i) {
    near[i].reserve(words_.size());
    for (const std::string& token : words_) {
      near[i].push_back(static_cast<std::uint8_t>(closeness(words[i], token)));
    }
  }
  std::vector<std::pair<int, const Entry*>> found;
  std::vector<std::pair<int, const Entry*>> nearly;
  const std::size_t enough = words.size() - words.size() / kWordsPerMiss;
  for (const Entry& entry : entries_) {
    int score = 0;
    std::size_t met = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
      int best = 0;
      for (const Token& token : entry.tokens) {
        best = std::max(best, near[i][token.word] * token.weight);
      }
      if (best > 0) ++met;
      score += best;
      if (met + words.size() - i - 1 < enough) break;
    }
    if (met < enough) continue;
    if (met < words.size()) {
      nearly.emplace_back(score, &entry);
      continue;
    }
    const bool phrase =
        words.size() > 1 && std::ranges::any_of(entry.folded_phrases, [&](const std::string& one) {
          return one.find(folded) != std::string::npos;
        });
    found.emplace_back(score + (phrase ? kPhraseBonus : 0), &entry);
  }
  if (found.empty()) found = std::move(nearly);
  std::ranges::stable_sort(found, std::ranges::greater{}, &std::pair<int, const Entry*>::first);
  std::vector<CardPtr> result;
  result.reserve(found.size());
  for (const auto& [score, entry] : found) result.push_back(entry->card);
  return result;
}

}  // namespace procedure
