#include "documents/pdf_look.h"

#include <array>
#include <stdexcept>

#include <qpdf/Pipeline.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>

namespace documents::internal {
namespace {

constexpr int kDepthMax = 60;

struct TooLarge : std::runtime_error {
  TooLarge() : std::runtime_error("an embedded file is too large") {}
};

// Keeps what flows through, up to a limit.
class Bounded final : public Pipeline {
 public:
  explicit Bounded(std::uint64_t most) : Pipeline("bounded", nullptr), most_(most) {}
  void write(unsigned char const* data, size_t size) override {
    if (kept_.size() + size > most_) throw TooLarge();
    kept_.append(reinterpret_cast<const char*>(data), size);
  }
  void finish() override {}
  [[nodiscard]] const std::string& kept() const { return kept_; }

 private:
  std::uint64_t most_;
  std::string kept_;
};

std::string name_in(QPDFObjectHandle& dictionary, const char* key) {
  QPDFObjectHandle value = dictionary.getKey(key);
  return value.isName() ? value.getName() : std::string{};
}

class Look {
 public:
  Look(const TakesFile& takes, std::uint64_t bytes_max) : takes_(takes), left_(bytes_max) {}

  void walk(QPDFObjectHandle object, int depth) {
    if (depth > kDepthMax) throw std::runtime_error("nested too deeply");
    if (object.isStream()) object = object.getDict();
    if (object.isArray()) {
      const int count = object.getArrayNItems();
      for (int i = 0; i < count; ++i) {
        QPDFObjectHandle item = object.getArrayItem(i);
        if (!item.isIndirect()) walk(item, depth + 1);
      }
      return;
    }
    if (!object.isDictionary()) return;
    judge(object);
    for (const std::string& key : object.getKeys()) {
      QPDFObjectHandle value = object.getKey(key);
      if (!value.isIndirect()) walk(value, depth + 1);
    }
  }

  PdfLook found;

 private:
  void judge(QPDFObjectHandle& dictionary) {
    if (dictionary.hasKey("/JS")) found.has_scripts = true;
    if (dictionary.hasKey("/JavaScript") && !dictionary.getKey("/JavaScript").isNull()) {
      found.has_scripts = true;
    }
    if (dictionary.hasKey("/XFA")) note("XFA");
    if (dictionary.hasKey("/RichMediaContent") || dictionary.hasKey("/RichMediaSettings")) {
      note("RichMedia");
    }
    const std::string action = name_in(dictionary, "/S");
    if (action == "/JavaScript") found.has_scripts = true;
    for (const char* one : {"/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/Rendition",
                            "/Movie", "/Sound", "/RichMediaExecute", "/GoTo3DView"}) {
      if (action == one) note(action.substr(1));
    }
    // Goes elsewhere, but only where somebody clicks: a link.  By itself: not.
    for (const char* trigger : {"/OpenAction", "/AA"}) {
      QPDFObjectHandle acts = dictionary.getKey(trigger);
      if (acts.isDictionary()) judge_trigger(acts, 0);
    }
    const std::string subtype = name_in(dictionary, "/Subtype");
    if (name_in(dictionary, "/Type") == "/Annot" || dictionary.hasKey("/Rect")) {
      for (const char* one : {"/RichMedia", "/Movie", "/Screen", "/Sound", "/3D"}) {
        if (subtype == one) note(subtype.substr(1));
      }
    }
    if (dictionary.hasKey("/EF")) judge_carried(dictionary);
  }

  void judge_trigger(QPDFObjectHandle acts, int depth) {
    if (depth > 4 || !acts.isDictionary()) return;
    const std::string action = name_in(acts, "/S");
    if (action == "/URI" || action == "/GoToR") note(action.substr(1));
    for (const std::string& key : acts.getKeys()) {
      if (acts.getKey(key).isDictionary()) judge_trigger(acts.getKey(key), depth + 1);
    }
  }

  void judge_carried(QPDFObjectHandle& specification) {
    QPDFObjectHandle files = specification.getKey("/EF");
    if (!files.isDictionary()) return;
    QPDFObjectHandle name = specification.getKey("/UF");
    if (!name.isString()) name = specification.getKey("/F");
    for (const std::string& key : files.getKeys()) {
      QPDFObjectHandle file = files.getKey(key);
      if (!file.isStream()) continue;
      Bounded bytes(left_);
      try {
        // Encodings that nobody knows stay as they are, and are judged so.
        file.pipeStreamData(&bytes, 0, qpdf_dl_generalized, true);
      } catch (const TooLarge&) {
        found.too_large = true;
        return;
      }
      left_ -= bytes.kept().size();
      if (takes_(bytes.kept())) continue;
      if (found.carried.empty()) {
        found.carried = name.isString() ? name.getUTF8Value() : "?";
        if (found.carried.empty()) found.carried = "?";
        found.carried_kind = kind_of_content(bytes.kept());
      }
    }
  }

  void note(const std::string& action) {
    if (found.action.empty()) found.action = action;
  }

  const TakesFile& takes_;
  std::uint64_t left_;
};

}  // namespace

PdfLook look_at(QPDF& pdf, const TakesFile& takes, std::uint64_t bytes_max) {
  Look look(takes, bytes_max);
  for (QPDFObjectHandle object : pdf.getAllObjects()) look.walk(object, 0);
  look.walk(pdf.getTrailer(), 0);
  return look.found;
}

}  // namespace documents::internal
