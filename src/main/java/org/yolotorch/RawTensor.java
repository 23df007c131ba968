// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.yolotorch.internal.Checks;

/**
 * Numbers in rows, the last dimension densest: what a network takes and gives. Immutable and
 * thread-safe.
 */
public final class RawTensor {
  private final long[] shape;
  private final float[] values;

  private RawTensor(float[] values, long[] shape) {
    this.values = values;
    this.shape = shape;
  }

  /**
   * A tensor of these values, which are copied.
   *
   * @param values as many as the product of {@code shape}
   * @param shape numbers of each dimension, such as 1, 3, 640, 640 for a picture, each at least 1
   * @throws YoloException.InvalidArgument if the shape does not tell the number of values
   */
  public static RawTensor of(float[] values, long... shape) {
    long rest = Checks.given("values", values).length;
    boolean fits = rest > 0 && Checks.given("shape", shape).length > 0;
    for (long side : shape) {
      fits &= side > 0 && rest % Math.max(side, 1) == 0;
      rest /= Math.max(side, 1);
    }
    if (!fits || rest != 1) {
      throw new YoloException.InvalidArgument(
          "values must be as many as the shape says, but "
              + values.length
              + " came for "
              + Arrays.toString(shape)
              + "; give the shape of these values.");
    }
    return new RawTensor(values.clone(), shape.clone());
  }

  /** Numbers of each dimension; a copy. */
  public long[] shape() {
    return shape.clone();
  }

  /** All values; a copy. */
  public float[] values() {
    return values.clone();
  }

  /** All values without a copy, to be read only. */
  public FloatBuffer buffer() {
    return FloatBuffer.wrap(values).asReadOnlyBuffer();
  }

  /** The shape, such as {@code RawTensor[1, 84, 8400]}. */
  @Override
  public String toString() {
    return "RawTensor" + Arrays.toString(shape);
  }
}
