// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import java.nio.file.Files;
import java.nio.file.Path;
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
 * Checks and describes model files without running them. Every load of a {@link Yolo} makes the
 * same check.
 *
 * <p>The check lowers the risk of opening a file of unknown origin; it is not a sandbox.
 * Thread-safe.
 */
public final class ModelArchive {
  private ModelArchive() {}

  /** As {@link #verify(Path, LoadOptions)} with {@link LoadOptions#defaults()}. */
  public static void verify(Path file) {
    verify(file, LoadOptions.defaults());
  }

  /**
   * Checks a file: the records, pickles, tensors and code of a TorchScript archive, or the records
   * and the pickle of a checkpoint. Returns normally if nothing suspicious was found. Nothing of
   * the file reaches LibTorch.
   *
   * @param options of which {@link LoadOptions#trusted()} and {@link LoadOptions#sha256()} count
   * @throws YoloException.NotFound if there is no such file
   * @throws YoloException.CorruptModel if the file is damaged or no model
   * @throws YoloException.UnsafeModel if it asks for more than a model may
   * @throws YoloException.UnsupportedModel if it is a checkpoint of a kind that is not read here
   */
  public static void verify(Path file, LoadOptions options) {
    Checks.given("options", options);
    String path = place(file);
    NativeLoader.load();
    check(Natives.verifyFile(path, options.settings()));
  }

  /** As {@link #inspect(Path, LoadOptions)} with {@link LoadOptions#defaults()}. */
  public static FileInfo inspect(Path file) {
    return inspect(file, LoadOptions.defaults());
  }

  /**
   * Describes a file, or an architecture by name. Defects of the file are part of the report. An
   * archive that passed the check is loaded, but not run.
   *
   * @param options of which task, trusted, sha256 and seed count
   * @throws YoloException.NotFound if there is no such file and no such architecture
   * @throws YoloException.UnsupportedModel if it is a folder of another program's model
   */
  public static FileInfo inspect(Path file, LoadOptions options) {
    Checks.given("options", options);
    String path = place(file);
    NativeLoader.load();
    return NativeText.parse(check(Natives.inspectFile(path, options.settings()))).fileInfo();
  }

  /** Where the file lies: weights by a bare name are found as {@link Yolo#load(Path)} does. */
  private static String place(Path file) {
    String path = Checks.line("The model path", PathText.of(Checks.given("file", file)));
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
