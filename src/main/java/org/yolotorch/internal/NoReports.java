// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal;

import java.util.function.Consumer;
import org.yolotorch.Batching;

/** Receives batches where an option names no other receiver. */
public final class NoReports implements Consumer<Batching.Batch> {
  @Override
  public void accept(Batching.Batch batch) {
    // Nobody asked for it.
  }
}
