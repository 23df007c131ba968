// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.yolotorch.BakedNms;
import org.yolotorch.PredictOptions;

/**
 * Warns, once per model and option, if a prediction asks for more than a {@link BakedNms} gives.
 */
public final class BakedLimits {
  /** Tolerance for values that went through single precision. */
  private static final double TOLERANCE = 1e-6;

  private final BakedNms baked;
  private final String file;
  private final Consumer<String> onWarning;
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  public BakedLimits(BakedNms baked, String file, Consumer<String> onWarning) {
    this.baked = baked;
    this.file = file;
    this.onWarning = onWarning;
  }

  /** Compares what is asked for with what the archive was fixed to. */
  public void check(PredictOptions asked) {
    if (asked.conf() < baked.conf() - TOLERANCE) {
      tell("conf", asked.conf(), baked.conf(), "less confident detections are missing");
    }
    if (asked.iou() > baked.iou() + TOLERANCE) {
      tell("iou", asked.iou(), baked.iou(), "boxes that overlap more are merged");
    }
    if (asked.maxDet() > baked.maxDet()) {
      tell("max_det", asked.maxDet(), baked.maxDet(), "further detections are missing");
    }
    if (!asked.agnosticNms() && baked.agnosticNms()) {
      tell("agnostic_nms", "False", "True", "boxes of different classes are merged");
    }
  }

  private void tell(String option, Object asked, Object fixed, String effect) {
    if (told.add(option)) {
      onWarning.accept(
          option
              + "="
              + asked
              + " was asked for, but '"
              + file
              + "' was exported with "
              + option
              + "="
              + fixed
              + " fixed in it, so "
              + effect
              + ": export it again without nms, or with the "
              + option
              + " wanted.");
    }
  }
}
