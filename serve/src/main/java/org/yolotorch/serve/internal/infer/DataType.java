// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve.internal.infer;

import org.yolotorch.serve.internal.http.HttpFailure;

/** Types of tensors of the Open Inference Protocol. */
public enum DataType {
  BOOL(1),
  UINT8(1),
  UINT16(2),
  UINT32(4),
  UINT64(8),
  INT8(1),
  INT16(2),
  INT32(4),
  INT64(8),
  FP16(2),
  FP32(4),
  FP64(8),
  /** Elements of any length. */
  BYTES(0);

  private final int bytes;

  DataType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of an element; 0 for any number. */
  int bytes() {
    return bytes;
  }

  static DataType of(String name) {
    for (DataType type : values()) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    throw HttpFailure.badRequest(
        "A datatype of the Open Inference Protocol, such as FP32, was expected, but '"
            + Text.shortened(name)
            + "' came.");
  }
}
