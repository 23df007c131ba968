// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.codes;

/**
 * Something that can be put down.
 *
 * @param radius half of the room that it takes, in cm
 * @param put puts it into a frame, which looks to the reader
 */
record Thing(double radius, Put put) {
  /** Adds the thing to the scene. */
  interface Put {
    void at(Frame frame);
  }
}
