#include "procedure/origin.h"

#include "calendar/instant.h"

namespace procedure {

base::json::object to_json(const LegalBasis& basis) {
  base::json::object json;
  json["act"] = basis.act;
  if (!basis.article.empty()) json["article"] = basis.article;
  json["title"] = base::json::object{{"vi", basis.title.vi}, {"en", basis.title.en}};
  if (basis.from) json["from"] = calendar::to_iso(*basis.from);
  if (basis.to) json["to"] = calendar::to_iso(*basis.to);
  return json;
}

base::json::object to_json(const Origin& origin) {
  base::json::object json;
  json["layer"] = std::string{to_text(origin.layer)};
  json["agency"] = origin.agency;
  json["revision"] = origin.revision;
  json["digest"] = origin.digest;
  base::json::array bases;
  for (const LegalBasis& basis : origin.legal_basis) bases.push_back(to_json(basis));
  json["legal_basis"] = std::move(bases);
  return json;
}

form::Bilingual in_words(const Origin& origin) {
  form::Bilingual words = in_words(origin.layer);
  if (!origin.agency.empty()) {
    words.vi += " " + origin.agency;
    words.en += " " + origin.agency;
  }
  words.vi += ", bản " + std::to_string(origin.revision);
  words.en += ", revision " + std::to_string(origin.revision);
  if (origin.layer == Layer::nation) return words;
  std::string acts;
  for (const LegalBasis& basis : origin.legal_basis) {
    acts += (acts.empty() ? "" : "; ") + basis.act +
            (basis.article.empty() ? "" : ", " + basis.article);
  }
  if (!acts.empty()) {
    words.vi += " (" + acts + ")";
    words.en += " (" + acts + ")";
  }
  return words;
}

}  // namespace procedure
