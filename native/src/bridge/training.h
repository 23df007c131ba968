// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
//
// The interface to Java for training, by the rules of bridge.h: nothing throws,
// a negative number is -Code, and lastText() then holds the message.
#pragma once

#include <cstdint>
#include <string>

#include "yolotorch/visibility.h"

namespace yolotorch {
namespace bridge {

/// Batches that can be made or used at a time.
enum TrainingSlots { kTrainingSlots = 3 };

/// Numbers that learnBatch() writes behind the items of the loss: learning rate
/// of biases, of other weights, labels in the batch, side of the input.
enum LearnNumbers { kLearnNumbers = 4 };

/// Opens a training. `arguments` and `data`: JSON objects, see
/// api::ReadTrainingSettings. Returns a handle > 0, or -Code.
YOLOTORCH_EXPORT std::int64_t openTraining(const std::string& arguments,
                                           const std::string& data);

/// Frees a training. REQUIRES: no other call uses it.
YOLOTORCH_EXPORT void closeTraining(std::int64_t training);

/// Properties of a training, one "key value" per line: task, family, scale,
/// stride, parameters, license, kpt_shape (K D), optimizer, lr0, momentum,
/// warmup_bias_lr, amp (0 or 1), folded, groups (BIASES WEIGHTS NORMS DECAY),
/// transferred (K/N; absent from scratch), losses (their names).
YOLOTORCH_EXPORT std::string describeTraining(std::int64_t training);

/// Labels of a picture of the part 0, to train with, or 1, to validate with:
/// for each object class, left, top, right, bottom, a count of further numbers,
/// and these: outline, corners or keypoints; lengths as shares of the
/// picture's sides. Returns 0 or a Code, as all below that return int32.
YOLOTORCH_EXPORT std::int32_t labelPicture(std::int64_t training,
                                           std::int32_t part,
                                           std::int32_t picture,
                                           const float* values,
                                           std::int32_t count);

/// Takes the pixels of a picture; `image` as one picture of predict(). May be
/// called by several threads at a time, for different pictures.
YOLOTORCH_EXPORT std::int32_t putPicture(std::int64_t training,
                                         std::int32_t part,
                                         std::int32_t picture,
                                         const std::int64_t* image);

/// Keeps decoded pictures in the folders `train` and `val` of a folder, too.
YOLOTORCH_EXPORT std::int32_t keepOnDisk(std::int64_t training,
                                         const std::string& folder);

/// The order of the pictures in an epoch, as many as there are to train with.
YOLOTORCH_EXPORT std::int32_t orderOfEpoch(std::int64_t training,
                                           std::int32_t epoch,
                                           std::int32_t* order);

/// Begins an epoch of a training of so many.
YOLOTORCH_EXPORT std::int32_t startEpoch(std::int64_t training,
                                         std::int32_t epoch,
                                         std::int32_t epochs);

/// Makes the sample at a position of the begun epoch's order. Returns 0, or the
/// number of pictures that must be put first, written into `missing`, at most
/// 64; or -Code. May be called by several threads at a time, for different
/// positions.
YOLOTORCH_EXPORT std::int32_t makeSample(std::int64_t training,
                                         std::int32_t position,
                                         std::int32_t slot,
                                         std::int32_t* missing);

/// Likewise a sample to validate with, at a place of a batch of that size.
YOLOTORCH_EXPORT std::int32_t makeValSample(
    std::int64_t training, std::int32_t picture, std::int32_t slot,
    std::int32_t place, std::int32_t height, std::int32_t width,
    std::int32_t* missing);

/// Learns from a batch. Writes the items of the loss and kLearnNumbers more
/// numbers; returns how many, or -Code.
YOLOTORCH_EXPORT std::int32_t learnBatch(std::int64_t training,
                                         std::int32_t slot, std::int32_t count,
                                         std::int64_t index, double* out);

/// Measures the normalisations that lack statistics, `folded` of
/// describeTraining(), on a batch.
YOLOTORCH_EXPORT std::int32_t calibrateBatch(std::int64_t training,
                                             std::int32_t slot,
                                             std::int32_t count);

/// Takes what was measured. To be called before the first batch is learned.
YOLOTORCH_EXPORT std::int32_t finishCalibration(std::int64_t training);

/// Writes the items of the moving average's loss for a batch; returns how many,
/// or -Code.
YOLOTORCH_EXPORT std::int32_t evaluateBatch(std::int64_t training,
                                            std::int32_t slot,
                                            std::int32_t count, double* out);

/// A sample that was made, to be drawn: its pixels into `pixels`, 3 x height x
/// width planes of RGB, and its labels into `labels`, six numbers each: class,
/// centre x, centre y, width, height as shares of the sides, angle. Writes
/// height and width into `size`. Returns the number of labels, at most
/// `capacity`, or -Code.
YOLOTORCH_EXPORT std::int32_t sampleAt(std::int64_t training, std::int32_t slot,
                                       std::int32_t place, std::uint8_t* pixels,
                                       float* labels, std::int32_t capacity,
                                       std::int32_t* size);

/// The moving average as a model of its own. `settings` as for openFile().
/// Returns its handle, or -Code.
YOLOTORCH_EXPORT std::int64_t averageModel(std::int64_t training,
                                           const std::string& settings);

/// Writes a checkpoint. `info`: a JSON object of what Ultralytics' checkpoints
/// hold beside the network; `state`: what trainingState() gives back; ignored
/// if `finished`.
YOLOTORCH_EXPORT std::int32_t saveTraining(std::int64_t training,
                                           const std::string& path,
                                           const std::string& info,
                                           const std::string& state,
                                           bool finished);

/// Goes on from a checkpoint that is not finished. lastText() is its state.
YOLOTORCH_EXPORT std::int32_t resumeTraining(std::int64_t training,
                                             const std::string& path);

/// The state in a checkpoint that is not finished, as lastText().
YOLOTORCH_EXPORT std::int32_t trainingState(const std::string& path);

}  // namespace bridge
}  // namespace yolotorch
