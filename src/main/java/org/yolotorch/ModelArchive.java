// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.yolotorch.internal.Checks;
import org.yolotorch.internal.NativeLoader;
import org.yolotorch.internal.NativeWarnings;
import org.yolotorch.internal.Natives;
import org.yolotorch.internal.PathText;
import org.yolotorch.internal.bridge.NativeFailure;
import org.yolotorch.internal.bridge.NativeText;
import org.yolotorch.internal.weights.WeightFiles;
import org.yolotorch.internal.weights.WeightPlaces;

/**
 * Looks at model files without running them. Every load of a {@link Yolo} takes the same gate.
 *
 * <p>The gate lowers the risk of opening a stranger's file; it is no sandbox. Thread-safe.
 */
public final class ModelArchive {
  private ModelArchive() {}

  /** As {@link #verify(Path, LoadOptions)} with {@link LoadOptions#defaults()}. */
  public static void verify(Path file) {
    verify(file, LoadOptions.defaults());
  }

  /**
   * Takes a file through the gate: a TorchScript archive's records, pickles, tensors and code, or a
   * checkpoint's records and pickle. Returns if nothing was found that should not be there; nothing
   * of the file reaches LibTorch.
   *
   * @param options of which {@link LoadOptions#trusted()} and {@link LoadOptions#sha256()} count
   * @throws YoloException.NotFound if there is no such file
   * @throws YoloException.CorruptModel if the file is damaged or no model
   * @throws YoloException.UnsafeModel if it asks for more than a model may
   * @throws YoloException.UnsupportedModel if it is a checkpoint of a kind that is not read here
   */
  public static void verify(Path file, LoadOptions options) {
    String path = place(file);
    NativeLoader.load();
    check(Natives.verifyFile(path, options.settings()));
  }

  /** As {@link #inspect(Path, LoadOptions)} with {@link LoadOptions#defaults()}. */
  public static FileInfo inspect(Path file) {
    return inspect(file, LoadOptions.defaults());
  }

  /**
   * Tells what a file is, or an architecture by name. What is wrong with the file is a part of the
   * answer. An archive is loaded, but not run, once the gate has found it clean.
   *
   * @param options of which task, trusted, sha256 and seed count
   * @throws YoloException.NotFound if there is no such file and no such architecture
   */
  public static FileInfo inspect(Path file, LoadOptions options) {
    Objects.requireNonNull(options, "options");
    String path = place(file);
    NativeLoader.load();
    return NativeText.parse(check(Natives.inspectFile(path, options.settings()))).fileInfo();
  }

  /** Where the file lies: weights by a bare name are found as {@link Yolo#load(Path)} does. */
  private static String place(Path file) {
    String path = Checks.line("The model path", PathText.of(file));
    if (file.getParent() == null && !Files.exists(file)) {
      Path found = WeightFiles.locate(path, WeightPlaces.ofThisProcess());
      return found == null ? path : PathText.of(found);
    }
    return path;
  }

  private static String check(int code) {
    String text = Natives.lastText();
    NativeWarnings.log();
    if (code != 0) {
      throw NativeFailure.of(code, text);
    }
    return text;
  }
}
