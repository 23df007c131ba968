// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.bridge;

import org.yolotorch.ErrorCode;
import org.yolotorch.YoloException;

/** The exception of a status number that the native side returned. */
public final class NativeFailure {
  private NativeFailure() {}

  /** The exception of a status number, which is not 0. */
  public static YoloException of(int number, String message) {
    return switch (ErrorCode.of(number)) {
      case NOT_FOUND -> new YoloException.NotFound(message);
      case CORRUPT_MODEL -> new YoloException.CorruptModel(message);
      case UNSUPPORTED_MODEL -> new YoloException.UnsupportedModel(message);
      case UNSAFE_MODEL -> new YoloException.UnsafeModel(message);
      case INVALID_ARGUMENT -> new YoloException.InvalidArgument(message);
      case INPUT_SIZE -> new YoloException.InputSize(message);
      case INVALID_IMAGE -> new YoloException.InvalidImage(message);
      case WRITE_FAILED -> new YoloException.WriteFailed(message);
      case DEVICE_UNAVAILABLE -> new YoloException.DeviceUnavailable(message);
      case OUT_OF_MEMORY -> new YoloException.OutOfMemory(message);
      case INFERENCE_FAILED -> new YoloException.InferenceFailed(message);
      case CANCELLED -> new YoloException.Cancelled(message);
      case UNHEALTHY -> new YoloException.Unhealthy(message);
      case NATIVE_LIBRARY -> new YoloException.NativeLibrary(message);
      case DOWNLOAD_FAILED -> new YoloException.DownloadFailed(message);
      case INVALID_DATA -> new YoloException.InvalidData(message);
      case TIMEOUT -> new YoloException.Timeout(message);
      case INTERNAL -> new YoloException.Internal(message);
    };
  }
}
