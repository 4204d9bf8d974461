#include "documents/fonts.h"

#include <array>
#include <memory>

#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>

namespace documents::internal {
namespace {

// Decree 30/2020/NĐ-CP, annex I, asks for Times New Roman: Tinos and Liberation Serif have its
// metrics and every Vietnamese letter as one glyph.  The rest covers what foreign names bring.
constexpr std::array kFamilies = {
    "Tinos",       "Liberation Serif", "Times New Roman", "Noto Serif",      "DejaVu Serif",
    "DejaVu Sans", "Noto Sans CJK SC", "Noto Sans Lao",   "Noto Sans Khmer", "Noto Sans Thai"};

struct Configuration {
  FcConfig* config = nullptr;
  bool has_fonts = false;
};

void add_family(FcConfig* config, FcConfig* installed, const char* family, bool& added) {
  FcPattern* const pattern = FcPatternCreate();
  FcPatternAddString(pattern, FC_FAMILY, reinterpret_cast<const FcChar8*>(family));
  FcObjectSet* const wanted = FcObjectSetBuild(FC_FILE, nullptr);
  FcFontSet* const fonts = FcFontList(installed, pattern, wanted);
  for (int i = 0; fonts != nullptr && i < fonts->nfont; ++i) {
    FcChar8* file = nullptr;
    if (FcPatternGetString(fonts->fonts[i], FC_FILE, 0, &file) == FcResultMatch) {
      added = FcConfigAppFontAddFile(config, file) == FcTrue || added;
    }
  }
  if (fonts != nullptr) FcFontSetDestroy(fonts);
  FcObjectSetDestroy(wanted);
  FcPatternDestroy(pattern);
}

Configuration make_configuration() {
  Configuration result;
  FcConfig* const installed = FcInitLoadConfigAndFonts();
  result.config = FcConfigCreate();
  for (const char* family : kFamilies) {
    add_family(result.config, installed, family, result.has_fonts);
  }
  FcConfigBuildFonts(result.config);
  if (installed != nullptr) FcConfigDestroy(installed);
  return result;
}

// Built by the first thread that prints, then read only; lives as long as the process.
const Configuration& configuration() {
  static const Configuration instance = make_configuration();
  return instance;
}

struct Unref {
  void operator()(gpointer object) const { g_object_unref(object); }
};

struct ThreadFonts {
  std::unique_ptr<PangoFontMap, Unref> map;
  std::unique_ptr<PangoContext, Unref> context;

  ThreadFonts() : map(pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT)) {
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map.get()), configuration().config);
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(map.get()), 72);
    context.reset(pango_font_map_create_context(map.get()));
    cairo_font_options_t* const options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context.get(), options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(context.get(), FALSE);
    pango_context_set_language(context.get(), pango_language_from_string("vi"));
    pango_context_set_base_dir(context.get(), PANGO_DIRECTION_LTR);
  }
};

}  // namespace

PangoContext* pango_context_of_thread() {
  thread_local const ThreadFonts fonts;
  return fonts.context.get();
}

bool fonts_are_installed() {
  return configuration().has_fonts;
}

const char* document_font_family() {
  return "Tinos,Liberation Serif,Times New Roman,Noto Serif,DejaVu Serif";
}

}  // namespace documents::internal
