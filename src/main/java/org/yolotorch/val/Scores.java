// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.val;

import java.util.Collections;
import java.util.Map;
import org.yolotorch.internal.Checks;

/**
 * Metrics of boxes, of masks or of keypoints. Immutable.
 *
 * @param overall means over the classes that have labels; all 0 if none has
 * @param byClass metrics of the classes that have labels by class id, ascending
 * @param curves what the metrics were read from
 */
public record Scores(Metrics overall, Map<Integer, Metrics> byClass, Curves curves) {
  /** Makes the map unmodifiable. */
  public Scores {
    Checks.given("overall", overall);
    Checks.given("curves", curves);
    byClass = Collections.unmodifiableMap(Checks.given("byClass", byClass));
  }
}
