// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.support;

import java.nio.file.Path;

/**
 * Finds small inputs that once failed and are no part of the project: the folder {@code cases}
 * beside that of the {@link Assets}. Without them a test is skipped, but fails where CI=true.
 */
public final class Cases {
  private Cases() {}

  /** The input at this path within the folder. */
  public static Path get(String path) {
    return Assets.get("../cases/" + path);
  }
}
