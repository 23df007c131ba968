// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
//
// The whole surface Java sees: the one header JavaCPP parses. Plain numbers,
// strings and caller-owned memory go through it; no object of ours or of
// LibTorch does. Nothing here throws: every function that can fail returns a
// status, and lastText() then holds the sentence to show.
#pragma once

#include <cstdint>
#include <string>

#include "yolotorch/visibility.h"

namespace yolotorch {
namespace bridge {

/// Sentence of the last failure, or text result of the last success, on the
/// calling thread.
YOLOTORCH_EXPORT std::string lastText();

/// Versions and capabilities, one "key value" a line: yolotorch, libtorch,
/// cpu, capability, threads, cuda.
YOLOTORCH_EXPORT std::string buildInfo();

/// Opens a model file. `settings`: one "key=value" a line (device=, seed=); an
/// empty string takes every default. Returns a handle > 0, or
/// -Code.
YOLOTORCH_EXPORT std::int64_t openFile(const std::string& path,
                                       const std::string& settings);

/// As openFile, from `size` bytes; `name` stands for the file name.
YOLOTORCH_EXPORT std::int64_t openBytes(const std::uint8_t* data,
                                        std::int64_t size,
                                        const std::string& name,
                                        const std::string& settings);

/// Frees a model. The caller makes sure that no other call uses it.
YOLOTORCH_EXPORT void closeModel(std::int64_t model);

/// Facts of a model, one "key value" a line, backslash and newline escaped.
/// Keys: kind, task, family, scale, imgsz (H W), stride, batch, channels,
/// dynamic, parameters, parameters_raw, description, license, version, date,
/// and, repeated, "name ID TEXT" and "warning TEXT".
YOLOTORCH_EXPORT std::string describe(std::int64_t model);

/// Writes a TorchScript archive. `settings`: one "key=value" a line (file=,
/// imgsz=H,W, batch=). Returns 0 or a Code; lastText() is the
/// path written.
YOLOTORCH_EXPORT std::int32_t exportModel(std::int64_t model,
                                          const std::string& settings);

/// Address of a direct buffer's memory, to be put into `images` of predict().
YOLOTORCH_EXPORT std::int64_t addressOf(const std::uint8_t* buffer);

/// Runs a batch: letterbox, network, NMS, back to picture coordinates.
///
/// `images` holds five numbers a picture: address, width, height, bytes a row,
/// pixel format (0 RGB, 1 BGR, 2 RGBA, 3 BGRA, 4 ARGB, 5 ABGR, 6 GRAY).
/// `classes` keeps only these ids; count 0 keeps all. `netHeight` and
/// `netWidth` choose the network's input size for a model that can still
/// choose; 0 takes the model's own.
///
/// Writes into `out` (native byte order):
///   int64 nanoseconds spent in this call
///   float32 preprocess, inference, postprocess: milliseconds of the batch
///   int32 netHeight, netWidth, count, then per picture:
///     int32 rows, then per row float32 x1 y1 x2 y2 confidence classId, in
///     pixels of that picture, best first
/// Returns the bytes written, or -Code. `capacity` must be at least
/// 32 + count * (4 + 24 * maxDet).
YOLOTORCH_EXPORT std::int64_t predict(
    std::int64_t model, const std::int64_t* images, std::int32_t count,
    std::int32_t netHeight, std::int32_t netWidth, double conf, double iou,
    std::int32_t maxDet, bool agnosticNms, const std::int32_t* classes,
    std::int32_t classCount, std::uint8_t* out, std::int64_t capacity);

/// What the network sees of a picture: letterboxed RGB bytes, netHeight x
/// netWidth x 3, into `out`. `image`: as one picture of predict(). Returns 0 or
/// a Code.
YOLOTORCH_EXPORT std::int32_t letterbox(const std::int64_t* image,
                                        std::int32_t netHeight,
                                        std::int32_t netWidth,
                                        std::uint8_t* out);

/// Fails on purpose, so that tests can see every kind of C++ exception end
/// here: 0 Error, 1 c10::Error, 2 a TorchScript run error, 3 bad_alloc,
/// 4 std::exception, 5 an int. Returns its Code.
YOLOTORCH_EXPORT std::int32_t failForTest(std::int32_t kind);

/// Models open in this process, for leak tests.
YOLOTORCH_EXPORT std::int64_t openModels();

}  // namespace bridge
}  // namespace yolotorch
