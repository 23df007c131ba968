// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal;

import java.io.File;
import java.util.ArrayList;
import java.util.List;

/** The jars that are loaded while a program runs, so that a message can name a missing one. */
public enum Jar {
  YOLOTORCH_NATIVES(
      "org.yolotorch:yolotorch:" + NativeFolder.VERSION + ":linux-x86_64",
      "org/yolotorch/internal/linux-x86_64/libjniNatives.so"),
  JAVACPP("org.bytedeco:javacpp:1.5.14", "org/bytedeco/javacpp/Loader.class"),
  PYTORCH_NATIVES(
      "org.bytedeco:pytorch:2.13.0-1.5.14:linux-x86_64",
      "org/bytedeco/pytorch/linux-x86_64/libtorch_cpu.so",
      "org/bytedeco/pytorch/linux-x86_64-gpu/libtorch_cpu.so"),
  OPENBLAS_NATIVES(
      "org.bytedeco:openblas:0.3.31-1.5.13:linux-x86_64",
      "org/bytedeco/openblas/linux-x86_64/libopenblas.so.0"),
  FFMPEG("org.bytedeco:ffmpeg:8.1.2-1.5.14", "org/bytedeco/ffmpeg/global/avutil.class"),
  FFMPEG_NATIVES(
      "org.bytedeco:ffmpeg:8.1.2-1.5.14:linux-x86_64",
      "org/bytedeco/ffmpeg/linux-x86_64/libjniavutil.so"),
  SNAKEYAML("org.snakeyaml:snakeyaml-engine:2.10", "org/snakeyaml/engine/v2/api/Load.class"),
  XCHART("org.knowm.xchart:xchart:4.0.3", "org/knowm/xchart/XYChart.class");

  private final String coordinates;
  private final String[] resources;

  /** Any one of the resources shows that the jar is there. */
  Jar(String coordinates, String... resources) {
    this.coordinates = coordinates;
    this.resources = resources;
  }

  /** Group, artifact, version and, for natives, the classifier. */
  String coordinates() {
    return coordinates;
  }

  /**
   * The start of a sentence that names those of the jars that are missing, or null if none is; what
   * to do is to follow.
   *
   * @param need what needs them
   */
  public static String lack(String need, Jar... jars) {
    List<String> missing = new ArrayList<>();
    for (Jar jar : jars) {
      if (!jar.isThere()) {
        missing.add(jar.coordinates);
      }
    }
    if (missing.isEmpty()) {
      return null;
    }
    return need
        + " the "
        + (missing.size() == 1 ? "jar " : "jars ")
        + String.join(" and ", missing)
        + ", but "
        + (missing.size() == 1 ? "it is" : "they are")
        + " neither on the class path nor among the modules; ";
  }

  private boolean isThere() {
    for (String resource : resources) {
      if (Jar.class.getClassLoader().getResource(resource) != null || isInLibraryPath(resource)) {
        return true;
      }
    }
    return false;
  }

  /** JavaCPP takes libraries from there as well. */
  private static boolean isInLibraryPath(String resource) {
    String name = resource.substring(resource.lastIndexOf('/') + 1);
    for (String folder : System.getProperty("java.library.path", "").split(File.pathSeparator)) {
      if (!folder.isEmpty() && new File(folder, name).isFile()) {
        return true;
      }
    }
    return false;
  }
}
