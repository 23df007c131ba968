// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import org.yolotorch.internal.NativeLoader;
import org.yolotorch.internal.Natives;
import org.yolotorch.internal.bridge.NativeText;

/**
 * What runs the models in this process. Immutable.
 *
 * @param version version of yolotorch
 * @param libtorch version of LibTorch
 * @param capability vector instructions LibTorch uses, such as {@code AVX512}
 * @param threads threads one prediction may use
 * @param cpu name of the processor
 * @param cuda whether CUDA devices can be used, as the native side words it
 */
public record RuntimeInfo(
    String version, String libtorch, String capability, String threads, String cpu, String cuda) {

  /**
   * The facts of this process; loads the native library.
   *
   * @throws YoloException.NativeLibrary if the native library cannot be loaded on this machine
   */
  public static RuntimeInfo current() {
    NativeLoader.load();
    NativeText text = NativeText.parse(Natives.buildInfo());
    return new RuntimeInfo(
        text.text("yolotorch"),
        text.text("libtorch"),
        text.text("capability"),
        text.text("threads"),
        text.text("cpu"),
        text.text("cuda"));
  }
}
