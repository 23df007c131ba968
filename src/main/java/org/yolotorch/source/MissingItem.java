// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.source;

import java.util.function.Supplier;
import org.yolotorch.YoloException;

/**
 * One of several names that leads nowhere: told when its turn comes, so that the others are read.
 */
record MissingItem(String name, Supplier<YoloException.NotFound> failure) implements Item {
  @Override
  public boolean isPicture() {
    return true;
  }

  @Override
  public Frames open(int place) {
    throw failure.get();
  }
}
