// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve.internal.models;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** Names of models: what a path of an address can hold without a sign of its own meaning. */
public final class ModelName {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}");
  private static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,8}|0");

  private ModelName() {}

  /** Whether models can be called so. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  static boolean isVersion(String text) {
    return VERSION.matcher(text).matches();
  }

  /** The name of a file without its suffix, with dashes for what names cannot hold. */
  public static String ofFile(Path file) {
    Path last = file.getFileName();
    String text = last == null ? "" : last.toString();
    int dot = text.lastIndexOf('.');
    String stem = dot > 0 ? text.substring(0, dot) : text;
    String name = stem.replaceAll("[^A-Za-z0-9._-]", "-").replaceFirst("^\\.+", "");
    return isName(name) ? name : "model";
  }
}
