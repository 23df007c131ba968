// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import org.yolotorch.internal.Checks;
import org.yolotorch.internal.NativeLoader;
import org.yolotorch.internal.Natives;
import org.yolotorch.internal.bridge.NativeText;

/**
 * Versions and hardware that the models of this process run with. Immutable.
 *
 * @param version version of yolotorch
 * @param libtorch version of LibTorch
 * @param capability vector instructions LibTorch uses, such as {@code AVX512}
 * @param threads threads one prediction may use
 * @param cpu name of the processor
 * @param cuda number of CUDA devices that can be used
 */
public record RuntimeInfo(
    String version, String libtorch, String capability, String threads, String cpu, String cuda) {

  /** Takes what it is given. */
  public RuntimeInfo {
    Checks.given("version", version);
    Checks.given("libtorch", libtorch);
    Checks.given("capability", capability);
    Checks.given("threads", threads);
    Checks.given("cpu", cpu);
    Checks.given("cuda", cuda);
  }

  /**
   * Describes this process; loads the native library.
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
