// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.val;

import org.yolotorch.internal.Checks;

/**
 * Number of pictures and labels of a class in a data set. Immutable.
 *
 * @param classId the class
 * @param name its name
 * @param images pictures that show it
 * @param instances its labels
 */
public record ClassCount(int classId, String name, int images, int instances) {
  /** Takes what it is given. */
  public ClassCount {
    Checks.given("name", name);
  }
}
