// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.yolotorch.ImageSize;
import org.yolotorch.Result;
import org.yolotorch.Speed;

/**
 * The mean time per picture that a user can expect of the next picture: without the first call of
 * each input size, in which libraries initialize themselves as well. Not thread-safe.
 */
public final class MeanSpeed {
  private final Set<ImageSize> sizes = new HashSet<>();
  private final Sum first = new Sum();
  private final Sum later = new Sum();

  /** Adds the results of one call. */
  public void add(List<Result> call) {
    boolean isFirst = false;
    for (Result result : call) {
      isFirst |= sizes.add(result.netSize()) || result.speed().preparation() > 0;
    }
    for (Result result : call) {
      (isFirst ? first : later).add(result.speed());
    }
  }

  /**
   * The mean over all calls but the first of each input size, or over all where there are no
   * others; of the preparation always over all. REQUIRES: a picture was added.
   */
  public Speed mean() {
    Sum sum = later.pictures > 0 ? later : first;
    return new Speed(
        sum.preprocess / sum.pictures,
        sum.inference / sum.pictures,
        sum.postprocess / sum.pictures,
        preparation() / (first.pictures + later.pictures));
  }

  /** Milliseconds of preparation of all calls together. */
  public double preparation() {
    return first.preparation;
  }

  private static final class Sum {
    private double preprocess;
    private double inference;
    private double postprocess;
    private double preparation;
    private int pictures;

    void add(Speed speed) {
      preprocess += speed.preprocess();
      inference += speed.inference();
      postprocess += speed.postprocess();
      preparation += speed.preparation();
      pictures++;
    }
  }
}
