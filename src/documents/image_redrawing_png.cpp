#include <algorithm>
#include <csetjmp>
#include <memory>

#include <png.h>

#include "documents/image_redrawing.h"

namespace documents::internal {
namespace {

// Everything that outlives a jump out of the library.
struct Job {
  std::string_view in;
  const RedrawLimits& limits;
  std::size_t at = 0;
  std::string out{};
  png_structp reader = nullptr, writer = nullptr;
  png_infop about = nullptr, written = nullptr;
  std::string pixels{};  // the whole picture, where rows come interlaced
  std::string row{};
  std::uint32_t width = 0, height = 0;
  bool is_too_large = false;
};

void give(png_structp reader, png_bytep to, std::size_t size) {
  auto& job = *static_cast<Job*>(png_get_io_ptr(reader));
  if (size > job.in.size() - job.at) png_error(reader, "the end is missing");
  std::copy_n(job.in.data() + job.at, size, reinterpret_cast<char*>(to));
  job.at += size;
}
void take(png_structp writer, png_bytep from, std::size_t size) {
  static_cast<Job*>(png_get_io_ptr(writer))->out.append(reinterpret_cast<const char*>(from), size);
}
void flush(png_structp) {}
void say_nothing(png_structp, png_const_charp) {}
[[noreturn]] void leave(png_structp png, png_const_charp) {
  png_longjmp(png, 1);
}

// Eight bits a sample, grey or colour, with transparency where there is one.
void settle_reader(Job& job) {
  png_set_user_limits(job.reader, 30'000, 30'000);
  png_set_chunk_malloc_max(job.reader, 4'000'000);
  png_set_chunk_cache_max(job.reader, 64);
  // Texts, profiles, times and whatever else is not the picture: passed over.
  png_set_keep_unknown_chunks(job.reader, PNG_HANDLE_CHUNK_NEVER, nullptr, -1);
  png_set_read_fn(job.reader, &job, give);
  png_read_info(job.reader, job.about);
  png_set_strip_16(job.reader);
  png_set_expand(job.reader);
  job.width = png_get_image_width(job.reader, job.about);
  job.height = png_get_image_height(job.reader, job.about);
}

// Nothing here has a destructor that a jump would skip.
bool redraw(Job& job) {
  if (setjmp(png_jmpbuf(job.reader)) != 0) return false;
  settle_reader(job);
  const int passes = png_set_interlace_handling(job.reader);
  png_read_update_info(job.reader, job.about);
  const std::size_t row_bytes = png_get_rowbytes(job.reader, job.about);
  if (passes > 1 && row_bytes * job.height > job.limits.bytes) {
    job.is_too_large = true;
    return false;
  }
  job.row.resize(row_bytes);
  if (passes > 1) job.pixels.resize(row_bytes * job.height);

  if (setjmp(png_jmpbuf(job.writer)) != 0) return false;
  png_set_write_fn(job.writer, &job, take, flush);
  png_set_IHDR(job.writer, job.written, job.width, job.height, 8,
               png_get_color_type(job.reader, job.about), PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  // Six spends twice the time for a few percent.
  png_set_compression_level(job.writer, 4);
  png_write_info(job.writer, job.written);

  if (setjmp(png_jmpbuf(job.reader)) != 0) return false;
  if (passes > 1) {
    for (int pass = 0; pass < passes; ++pass) {
      for (std::size_t y = 0; y < job.height; ++y) {
        png_read_row(job.reader, reinterpret_cast<png_bytep>(job.pixels.data() + y * row_bytes),
                     nullptr);
      }
    }
    for (std::size_t y = 0; y < job.height; ++y) {
      png_write_row(job.writer,
                    reinterpret_cast<png_const_bytep>(job.pixels.data() + y * row_bytes));
    }
  } else {
    for (std::size_t y = 0; y < job.height; ++y) {
      png_read_row(job.reader, reinterpret_cast<png_bytep>(job.row.data()), nullptr);
      png_write_row(job.writer, reinterpret_cast<png_const_bytep>(job.row.data()));
    }
  }
  png_write_end(job.writer, nullptr);
  return true;
}

}  // namespace

base::Result<RedrawnImage, FileRefusal> redraw_png(std::string_view bytes,
                                                   const RedrawLimits& limits) {
  const auto job = std::make_unique<Job>(Job{.in = bytes, .limits = limits});
  job->reader = png_create_read_struct(PNG_LIBPNG_VER_STRING, nullptr, leave, say_nothing);
  job->writer = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, leave, say_nothing);
  bool done = false;
  if (job->reader != nullptr && job->writer != nullptr) {
    job->about = png_create_info_struct(job->reader);
    job->written = png_create_info_struct(job->writer);
    done = job->about != nullptr && job->written != nullptr && redraw(*job);
  }
  png_destroy_read_struct(&job->reader, &job->about, nullptr);
  png_destroy_write_struct(&job->writer, &job->written);
  if (job->is_too_large) return base::Failure{FileRefusal::too_many_pixels};
  if (!done) return base::Failure{FileRefusal::damaged};
  return RedrawnImage{std::move(job->out), MediaType::png, job->width, job->height};
}

}  // namespace documents::internal
