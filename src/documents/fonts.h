#pragma once
// fonts.h - the fonts of printed documents, chosen once and open to every thread.
//
// A private fontconfig configuration holds only the families named in fonts.cpp: what else is
// installed changes neither the look of a document nor the time a look-up takes.  Pango's font maps
// belong to one thread each, so every thread that prints gets its own.
#include <pango/pango.h>

namespace documents::internal {

// The context of the calling thread: 1 unit is 1 point, no hinting.  Never null; owned by the
// thread.
[[nodiscard]] PangoContext* pango_context_of_thread();

// False where none of the families is installed: then nothing can be printed.
[[nodiscard]] bool fonts_are_installed();

// "Tinos, Liberation Serif, ...": what a layout asks for.
[[nodiscard]] const char* document_font_family();

}  // namespace documents::internal
