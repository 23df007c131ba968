// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>

#include "yolotorch/visibility.h"

namespace yolotorch {

/// The cause of an Error. Values are stable: Java's `ErrorCode` lists the same
/// names and numbers, and a number is never given a second meaning.
enum class Code : std::int32_t {
  kNotFound = 1,           ///< a model file does not exist
  kCorruptModel = 2,       ///< a model file is damaged, truncated or no model
  kUnsupportedModel = 3,   ///< a sound file of a kind this version cannot run
  kUnsafeModel = 4,        ///< a file that exceeds what a model may do
  kInvalidArgument = 5,    ///< an option is out of its range or contradictory
  kInputSize = 6,          ///< an input size that the archive does not take
  kInvalidImage = 7,       ///< a picture that cannot be used
  kWriteFailed = 8,        ///< a result could not be written
  kDeviceUnavailable = 9,  ///< the device asked for does not exist
  kOutOfMemory = 10,       ///< memory ran out; the next call may succeed
  kInferenceFailed = 11,   ///< the network itself failed while running
  kCancelled = 12,         ///< a call was ended before it was done
  kUnhealthy = 13,         ///< a lost run keeps this process from predicting
  kTimeout = 23,           ///< a call was not done within its time
  kInternal = 99,          ///< a defect of yolotorch
};

/// Any failure of yolotorch. what() is one sentence: what was expected, what
/// was found, what to do. It holds no addresses and no stack traces, and no
/// character that a terminal would obey: those are replaced by '?', line breaks
/// by blanks.
class YOLOTORCH_EXPORT Error : public std::runtime_error {
 public:
  Error(Code code, const std::string& message);

  [[nodiscard]] Code code() const noexcept { return code_; }

 private:
  Code code_;
};

}  // namespace yolotorch
