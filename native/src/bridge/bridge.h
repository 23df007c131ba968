// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
//
// The interface to Java: the only header that JavaCPP parses. Numbers, strings
// and caller-owned memory cross it; no object of ours or of LibTorch does.
// Nothing here throws: every function that can fail returns a status, and
// lastText() then holds the message.
#pragma once

#include <cstdint>
#include <string>

#include "yolotorch/visibility.h"

namespace yolotorch {
namespace bridge {

/// Message of the last failure, or text result of the last success, of the
/// calling thread.
YOLOTORCH_EXPORT std::string lastText();

/// Keeps LibTorch's warnings for takeWarning() from now on, 100 at most; what
/// comes while so many wait is dropped.
YOLOTORCH_EXPORT void keepWarnings();

/// The oldest warning that waits, and forgets it; empty when none does.
YOLOTORCH_EXPORT std::string takeWarning();

/// Versions and capabilities, one "key value" per line: yolotorch, libtorch,
/// cpu, capability, threads, cuda.
YOLOTORCH_EXPORT std::string buildInfo();

/// Opens a model file. `settings`: one "key=value" per line (device=, seed=,
/// task=, trusted=, sha256=, threads=, optimize_level=, precision=, warmup=,
/// timeout_ms=);
/// an empty string means all defaults. Returns a handle > 0, or -Code.
YOLOTORCH_EXPORT std::int64_t openFile(const std::string& path,
                                       const std::string& settings);

/// As openFile, from `size` bytes; `name` is used as the file name.
YOLOTORCH_EXPORT std::int64_t openBytes(const std::uint8_t* data,
                                        std::int64_t size,
                                        const std::string& name,
                                        const std::string& settings);

/// Frees a model. REQUIRES: no other call uses it.
YOLOTORCH_EXPORT void closeModel(std::int64_t model);

/// Properties of a model, one "key value" per line, backslash and newline
/// escaped. Keys: kind, task, family, scale, imgsz (H W), stride, batch,
/// channels, dynamic, nms, end2end, baked_nms (CONF IOU MAX_DET AGNOSTIC;
/// absent when there is none), parameters, parameters_raw, gflops,
/// sppf_activation, sppf_source, kpt_shape (K D), description, license,
/// version, date, and, repeated, "name ID TEXT" and "warning TEXT".
YOLOTORCH_EXPORT std::string describe(std::int64_t model);

/// Model::optimizations(), repeated "optimization TEXT" lines as in describe().
YOLOTORCH_EXPORT std::string optimizations(std::int64_t model);

/// Describes a file. `settings` as for openFile(). Returns 0 or a Code;
/// lastText() then holds the lines file_kind, title, advice, bytes, sha256,
/// verdict (0 clean, 1 refused, 2 cannot tell), reason, and, repeated, "layer
/// INDEX PARAMETERS MODULE FROM", "values COUNT TYPE", "operator COUNT NAME",
/// "device NAME" and "runtime TEXT", and for a model those of describe().
YOLOTORCH_EXPORT std::int32_t inspectFile(const std::string& path,
                                          const std::string& settings);

/// Runs the checks of the gate on a file. `settings` as for openFile(). Returns
/// 0 or a Code.
YOLOTORCH_EXPORT std::int32_t verifyFile(const std::string& path,
                                         const std::string& settings);

/// Writes a TorchScript archive. `settings`: one "key=value" per line; each of
/// file, imgsz (H,W), batch, device, dynamic, nms, conf, iou, max_det,
/// agnostic_nms, half, optimize, pipeline, script and layers may be left out;
/// switches are true or false. Returns 0 or a Code; lastText() is the path
/// written.
YOLOTORCH_EXPORT std::int32_t exportModel(std::int64_t model,
                                          const std::string& settings);

/// Address of a direct buffer's memory, to be put into `images` of predict().
YOLOTORCH_EXPORT std::int64_t addressOf(const std::uint8_t* buffer);

/// Numbers per picture in predict()'s `images`.
enum ImageNumbers { kImageNumbers = 6 };

/// What predict()'s `flags` may hold, added up.
enum PredictFlag {
  kFlagAgnosticNms = 1,
  kFlagRetinaMasks = 2,
  kFlagNetworkMasks = 4,    ///< masks in pixels of the network's input
  kFlagPrototypeMasks = 8,  ///< masks in a quarter of that per side
  kFlagMultiLabel = 16,
  kFlagValLetterbox = 32,  ///< the letterbox of val, without clipping
  kFlagRect = 64,          ///< the smallest rectangle where it applies
};

/// Bytes from the start of a result to the parts of its header, and its size.
enum HeaderOffset {
  kPreprocessAt = 0,
  kInferenceAt = 4,
  kPostprocessAt = 8,
  kPreparationAt = 12,
  kNetHeightAt = 16,
  kNetWidthAt = 20,
  kRowValuesAt = 24,
  kHeaderBytes = 28,
};

/// Runs a batch: letterbox, network, NMS, back to picture coordinates.
///
/// `images` holds kImageNumbers numbers per picture: address, width, height,
/// bytes per row, the pixel format as yolotorch::PixelFormat numbers it, and
/// the channels of PixelFormat::kChannels.
/// `classes` keeps only these ids; count 0 keeps all. `netHeight` and
/// `netWidth` choose the network's input size for a model that can still
/// choose; 0 takes the model's own. `flags`: PredictFlag values. With
/// kFlagValLetterbox `valSide` pixels of the picture go to its longer side; 0:
/// as many as fit.
///
/// Writes into `out`, in native byte order, a header of kHeaderBytes:
///   float32 preprocess, inference, postprocess, preparation: milliseconds of
///     the batch, as Predictions has them
///   int32 netHeight, netWidth
///   int32 values per row
/// then per picture:
///   int32 rows, then rows times these float32 values, best first:
///     detect, segment: x1 y1 x2 y2 confidence classId
///     pose: the same, then x y [visibility] of every keypoint
///     obb: cx cy width height confidence classId angle
///     classify: one row, the probability of every class
///   segment only, per row:
///     int32 left, top, width, height, then the mask's bits: height rows of
///     (width + 7) / 8 bytes, lowest bit first, padded to 4 bytes
///     int32 points, then points times float32 x y of the outline
/// All lengths are in pixels of that picture.
///
/// `stop`: address of a number that ends the call between two pictures with
/// Code kCancelled, and before the first one if it waits for its turn, when
/// askToStop() has been called with it; 0: never.
///
/// Returns the bytes written, or -Code. When that is more than `capacity`,
/// nothing but a ticket (int64, at offset 0) was written, and the result waits
/// for takeResult(). `capacity` must be at least 8.
YOLOTORCH_EXPORT std::int64_t predict(
    std::int64_t model, const std::int64_t* images, std::int32_t count,
    std::int32_t netHeight, std::int32_t netWidth, double conf, double iou,
    std::int32_t maxDet, std::int32_t flags, std::int32_t valSide,
    const std::int32_t* classes, std::int32_t classCount, std::int64_t stop,
    std::uint8_t* out, std::int64_t capacity);

/// What the network itself gives for pictures: Model::PredictRaw. Arguments as
/// predict() has them. Writes int32 tensors, then for each of them int32
/// dimensions, an int64 for each, and its values as float32. Returns as
/// predict().
YOLOTORCH_EXPORT std::int64_t predictRaw(
    std::int64_t model, const std::int64_t* images, std::int32_t count,
    std::int32_t netHeight, std::int32_t netWidth, double conf, double iou,
    std::int32_t maxDet, std::int32_t flags, std::uint8_t* out,
    std::int64_t capacity);

/// As predictRaw(), for `count` values of a tensor of this shape.
YOLOTORCH_EXPORT std::int64_t predictTensor(
    std::int64_t model, const float* values, std::int64_t count,
    const std::int64_t* shape, std::int32_t dimensions, std::uint8_t* out,
    std::int64_t capacity);

/// Features of pictures: Model::Embed, with `layerCount` numbers of layers;
/// else as predictRaw(), which gives one tensor here.
YOLOTORCH_EXPORT std::int64_t embed(std::int64_t model,
                                    const std::int64_t* images,
                                    std::int32_t count, std::int32_t netHeight,
                                    std::int32_t netWidth, std::int32_t flags,
                                    const std::int32_t* layers,
                                    std::int32_t layerCount, std::uint8_t* out,
                                    std::int64_t capacity);

/// Ends the call of predict() that has this `stop`, which is the address of an
/// int32 in memory of the caller, 0 until then. REQUIRES: that the memory
/// lasts.
YOLOTORCH_EXPORT void askToStop(std::int64_t stop);

/// Fetches a result that did not fit, and drops it. If `capacity` is still too
/// small, the result is dropped without being written. Returns the bytes
/// written, or -Code.
YOLOTORCH_EXPORT std::int64_t takeResult(std::int64_t ticket, std::uint8_t* out,
                                         std::int64_t capacity);

/// Results that wait for takeResult(), for leak tests.
YOLOTORCH_EXPORT std::int64_t waitingResults();

/// The input of the network for a picture: RGB bytes, netHeight x netWidth x 3,
/// into `out`; letterboxed, or, if `classify`, resized and cut as for a
/// classifier. `image`: as one picture of predict(), of colours or grey.
/// Returns 0 or a Code.
YOLOTORCH_EXPORT std::int32_t networkInput(const std::int64_t* image,
                                           std::int32_t netHeight,
                                           std::int32_t netWidth, bool classify,
                                           std::uint8_t* out);

/// Whether this process can predict: yolotorch::IsHealthy().
YOLOTORCH_EXPORT bool isHealthy();

/// Takes files, sockets and processes from this process, for ever, but for
/// reading these files and folders, one per line. To be called by the thread
/// that goes on to use models. Returns whether the system could do all of it.
YOLOTORCH_EXPORT bool confine(const std::string& readable);

/// Waits for loads, 10 seconds at most, and delays those to come; to be called
/// before the process exits.
YOLOTORCH_EXPORT void closeForExit();

/// Throws on purpose, so that tests can check that every kind of C++ exception
/// ends here: 0 Error, 1 c10::Error, 2 a TorchScript run error, 3 bad_alloc, 4
/// std::exception, 5 an int. Returns its Code. 6 is a warning of LibTorch, and
/// returns 0.
YOLOTORCH_EXPORT std::int32_t failForTest(std::int32_t kind);

/// Models open in this process, for leak tests.
YOLOTORCH_EXPORT std::int64_t openModels();

/// Bytes that malloc has allocated and not freed, for leak tests; 0 where the C
/// library does not tell.
YOLOTORCH_EXPORT std::int64_t bytesInUse();

}  // namespace bridge
}  // namespace yolotorch
