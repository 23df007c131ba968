// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal;

import java.util.Map;

/** Names of classes, with a default for those that the model file does not name. */
public final class ClassNames {
  private ClassNames() {}

  public static String of(Map<Integer, String> names, int classId) {
    String name = names.get(classId);
    return name == null ? "class" + classId : name;
  }
}
