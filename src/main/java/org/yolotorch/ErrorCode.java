// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

/**
 * The cause of a {@link YoloException}. Names and numbers are stable, shared with the C++ library,
 * and never given a second meaning.
 */
public enum ErrorCode {
  /** A model file, picture file or folder does not exist. */
  NOT_FOUND(1),
  /** A model file is damaged, truncated or no model. */
  CORRUPT_MODEL(2),
  /** A sound model file of a kind this version cannot run. */
  UNSUPPORTED_MODEL(3),
  /** A model file that asks for more than a model may. */
  UNSAFE_MODEL(4),
  /** An option is out of its range or contradicts another. */
  INVALID_ARGUMENT(5),
  /** A picture size the archive was not made for. */
  INPUT_SIZE(6),
  /** A picture that cannot be read or used. */
  INVALID_IMAGE(7),
  /** A result could not be written. */
  WRITE_FAILED(8),
  /** The device asked for is not there. */
  DEVICE_UNAVAILABLE(9),
  /** Memory ran out, native or Java's; the next call may succeed. */
  OUT_OF_MEMORY(10),
  /** The network itself failed while running. */
  INFERENCE_FAILED(11),
  /** A call was ended by an interrupt of its thread. */
  CANCELLED(12),
  /** A program that could not be stopped keeps this process from predicting. */
  UNHEALTHY(13),
  /** The native library, FFmpeg for a video, or another jar could not be loaded here. */
  NATIVE_LIBRARY(20),
  /** Weights or a picture could not be fetched from their server. */
  DOWNLOAD_FAILED(21),
  /** A data set that cannot be used to measure or train a model, or a loss that is no number. */
  INVALID_DATA(22),
  /** A call was not done within the time it was given. */
  TIMEOUT(23),
  /** A defect of yolotorch. */
  INTERNAL(99);

  private final int number;

  ErrorCode(int number) {
    this.number = number;
  }

  /** The stable number of this cause. */
  public int number() {
    return number;
  }

  /** The code with this number, or {@link #INTERNAL} when no code has it. */
  public static ErrorCode of(int number) {
    for (ErrorCode code : values()) {
      if (code.number == number) {
        return code;
      }
    }
    return INTERNAL;
  }
}
