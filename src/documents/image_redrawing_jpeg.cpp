#include <cstdio>
// libjpeg's header uses FILE without including it.
#include <algorithm>
#include <csetjmp>
#include <cstdlib>
#include <memory>

#include <jpeglib.h>

#include "documents/image_redrawing.h"
#include "documents/media_jpeg.h"

namespace documents::internal {
namespace {

struct Jump {
  jpeg_error_mgr manager;
  std::jmp_buf back;
};
void leave(j_common_ptr info) {
  std::longjmp(reinterpret_cast<Jump*>(info->err)->back, 1);
}
void say_nothing(j_common_ptr) {}

struct Progress {
  jpeg_progress_mgr manager;
  int scans_max;
};
// A progressive picture of a thousand scans costs a thousand times the work.
void count_scans(j_common_ptr info) {
  const auto* const in = reinterpret_cast<j_decompress_ptr>(info);
  const auto* const progress = reinterpret_cast<const Progress*>(info->progress);
  if (in->input_scan_number > progress->scans_max) leave(info);
}

// Everything that outlives a jump out of the library.
struct Job {
  std::string_view in;
  const RedrawLimits& limits;
  int orientation = 1;
  jpeg_decompress_struct decoder{};
  jpeg_compress_struct encoder{};
  Jump jump{};
  Progress progress{};
  unsigned char* out = nullptr;
  unsigned long out_size = 0;
  std::string pixels{};  // the whole picture, where it has to be turned
  std::string row{};
  std::string turned{};
  std::size_t width = 0, height = 0;  // as decoded
  std::size_t samples = 3;            // of a pixel that is written
  bool is_too_large = false;

  [[nodiscard]] bool is_turned() const { return orientation > 2; }
  [[nodiscard]] bool is_on_its_side() const { return orientation >= 5; }
};

// What the library holds of a picture that comes in several scans.
std::uint64_t coefficient_bytes(const jpeg_decompress_struct& decoder) {
  std::uint64_t bytes = 0;
  for (int i = 0; i < decoder.num_components; ++i) {
    const jpeg_component_info& one = decoder.comp_info[i];
    bytes += std::uint64_t{one.width_in_blocks} * one.height_in_blocks * DCTSIZE2 * sizeof(JCOEF);
  }
  return bytes;
}

// Inks to light.  Adobe's programs write how much ink is missing.
void cmyk_to_rgb(std::string& row, std::size_t width, bool is_inverted) {
  for (std::size_t x = 0; x < width; ++x) {
    unsigned part[4];
    for (std::size_t i = 0; i < 4; ++i) {
      const auto ink = static_cast<unsigned char>(row[x * 4 + i]);
      part[i] = is_inverted ? ink : 255U - ink;
    }
    for (std::size_t i = 0; i < 3; ++i) {
      row[x * 3 + i] = static_cast<char>(part[i] * part[3] / 255U);
    }
  }
}

// Where a pixel of the upright picture is in the stored one.
//
// Source: Exif 2.32, tag 0112.
std::pair<std::size_t, std::size_t> stored_place(const Job& job, std::size_t x, std::size_t y) {
  const std::size_t right = job.width - 1, bottom = job.height - 1;
  switch (job.orientation) {
    case 2:
      return {right - x, y};
    case 3:
      return {right - x, bottom - y};
    case 4:
      return {x, bottom - y};
    case 5:
      return {y, x};
    case 6:
      return {y, bottom - x};
    case 7:
      return {right - y, bottom - x};
    case 8:
      return {right - y, x};
    default:
      return {x, y};
  }
}

void begin_encoder(Job& job) {
  jpeg_mem_dest(&job.encoder, &job.out, &job.out_size);
  job.encoder.image_width = static_cast<JDIMENSION>(job.is_on_its_side() ? job.height : job.width);
  job.encoder.image_height = static_cast<JDIMENSION>(job.is_on_its_side() ? job.width : job.height);
  job.encoder.input_components = static_cast<int>(job.samples);
  job.encoder.in_color_space = job.samples == 1 ? JCS_GRAYSCALE : JCS_RGB;
  jpeg_set_defaults(&job.encoder);
  jpeg_set_quality(&job.encoder, job.limits.quality, TRUE);
  jpeg_start_compress(&job.encoder, TRUE);
}

void write_row(Job& job, std::string& row) {
  JSAMPROW line = reinterpret_cast<JSAMPROW>(row.data());
  jpeg_write_scanlines(&job.encoder, &line, 1);
}

// Row `y` of the upright picture.
void turn_row(Job& job, std::size_t y) {
  const std::size_t width = job.encoder.image_width;
  for (std::size_t x = 0; x < width; ++x) {
    const auto [from_x, from_y] = stored_place(job, x, y);
    const char* const from = job.pixels.data() + (from_y * job.width + from_x) * job.samples;
    std::copy_n(from, job.samples, job.turned.data() + x * job.samples);
  }
}

// Settles how it is decoded; false: too large for the limits.
bool plan(Job& job) {
  jpeg_decompress_struct& in = job.decoder;
  in.dct_method = JDCT_ISLOW;
  job.samples = in.num_components == 1 ? 1 : 3;
  in.out_color_space = in.num_components == 1   ? JCS_GRAYSCALE
                       : in.num_components == 4 ? JCS_CMYK
                                                : JCS_RGB;
  std::uint64_t left = job.limits.bytes;
  if (jpeg_has_multiple_scans(&in) != 0) {
    const std::uint64_t needed = coefficient_bytes(in);
    if (needed > left) return false;
    left -= needed;
  }
  if (!job.is_turned()) return true;
  // A picture that cannot be turned at its size is drawn at a half of it, and so on.
  for (unsigned denominator = 1; denominator <= 4; denominator *= 2) {
    in.scale_num = 1;
    in.scale_denom = denominator;
    jpeg_calc_output_dimensions(&in);
    if (std::uint64_t{in.output_width} * in.output_height * job.samples <= left) return true;
  }
  return false;
}

// False: not a picture that can be drawn.  Nothing here has a destructor that a jump would skip.
bool redraw(Job& job) {
  job.decoder.err = jpeg_std_error(&job.jump.manager);
  job.encoder.err = job.decoder.err;
  job.jump.manager.error_exit = leave;
  job.jump.manager.output_message = say_nothing;
  if (setjmp(job.jump.back) != 0) return false;
  jpeg_create_decompress(&job.decoder);
  jpeg_create_compress(&job.encoder);
  job.progress.manager.progress_monitor = count_scans;
  job.progress.scans_max = job.limits.scans;
  job.decoder.progress = &job.progress.manager;
  jpeg_mem_src(&job.decoder, reinterpret_cast<const unsigned char*>(job.in.data()), job.in.size());
  jpeg_read_header(&job.decoder, TRUE);
  if (!plan(job)) {
    job.is_too_large = true;
    return false;
  }
  jpeg_start_decompress(&job.decoder);
  job.width = job.decoder.output_width;
  job.height = job.decoder.output_height;
  job.row.resize(job.width * static_cast<std::size_t>(job.decoder.output_components));
  job.turned.resize(std::max(job.width, job.height) * job.samples);
  if (job.is_turned()) job.pixels.reserve(job.width * job.height * job.samples);
  begin_encoder(job);
  while (job.decoder.output_scanline < job.decoder.output_height) {
    JSAMPROW line = reinterpret_cast<JSAMPROW>(job.row.data());
    jpeg_read_scanlines(&job.decoder, &line, 1);
    if (job.decoder.output_components == 4) {
      cmyk_to_rgb(job.row, job.width, job.decoder.saw_Adobe_marker != 0);
    }
    if (job.is_turned()) {
      job.pixels.append(job.row, 0, job.width * job.samples);
    } else if (job.orientation == 2) {
      for (std::size_t x = 0; x < job.width; ++x) {
        std::copy_n(job.row.data() + (job.width - 1 - x) * job.samples, job.samples,
                    job.turned.data() + x * job.samples);
      }
      write_row(job, job.turned);
    } else {
      write_row(job, job.row);
    }
  }
  for (std::size_t y = 0; job.is_turned() && y < job.encoder.image_height; ++y) {
    turn_row(job, y);
    write_row(job, job.turned);
  }
  jpeg_finish_compress(&job.encoder);
  return true;
}

}  // namespace

base::Result<RedrawnImage, FileRefusal> redraw_jpeg(std::string_view bytes,
                                                    const RedrawLimits& limits) {
  const JpegShape shape = shape_of_jpeg(bytes);
  if (shape.components != 1 && shape.components != 3 && shape.components != 4) {
    return base::Failure{FileRefusal::damaged};
  }
  const auto job =
      std::make_unique<Job>(Job{.in = bytes, .limits = limits, .orientation = shape.orientation});
  const bool done = redraw(*job);
  jpeg_destroy_decompress(&job->decoder);
  jpeg_destroy_compress(&job->encoder);
  const std::unique_ptr<unsigned char, decltype(&std::free)> out(job->out, &std::free);
  if (job->is_too_large) return base::Failure{FileRefusal::too_many_pixels};
  if (!done) return base::Failure{FileRefusal::damaged};
  return RedrawnImage{std::string(reinterpret_cast<const char*>(out.get()), job->out_size),
                      MediaType::jpeg, job->encoder.image_width, job->encoder.image_height};
}

}  // namespace documents::internal
