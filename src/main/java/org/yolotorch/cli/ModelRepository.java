// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.yolotorch.ImageSize;
import org.yolotorch.ModelInfo;
import org.yolotorch.RawTensor;
import org.yolotorch.Yolo;
import org.yolotorch.YoloException;
import org.yolotorch.internal.WholeFile;

/**
 * A place in a folder of models, {@code NAME/VERSION/model.pt} with {@code NAME/config.pbtxt}, as
 * Triton and {@code yolo serve} read it.
 */
final class ModelRepository {
  private static final int MAX_BATCH = 8;

  private final Path file;
  private final String name;

  private ModelRepository(Path model, String name, int version) {
    this.file = model.resolve(Integer.toString(version)).resolve("model.pt");
    this.name = name;
  }

  /**
   * The next free version of a model; nothing is written.
   *
   * @param source what the model is exported from, which gives the name
   */
  static ModelRepository next(Path repository, Path source) {
    String file = source.getFileName().toString();
    int dot = file.lastIndexOf('.');
    String stem = dot > 0 ? file.substring(0, dot) : file;
    String name = stem.replaceAll("[^A-Za-z0-9._-]", "-");
    Path model = repository.resolve(name);
    return new ModelRepository(model, name, newest(model) + 1);
  }

  private static int newest(Path model) {
    if (!Files.isDirectory(model)) {
      return 0;
    }
    try (Stream<Path> entries = Files.list(model)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(entry -> entry.matches("[0-9]{1,9}"))
          .mapToInt(Integer::parseInt)
          .max()
          .orElse(0);
    } catch (IOException e) {
      throw failure(model, e);
    }
  }

  private static YoloException failure(Path place, IOException e) {
    return new YoloException.WriteFailed(
        "A model repository that can be written was expected, but '"
            + place
            + "' cannot ("
            + e.getMessage()
            + "); check the folder.",
        e);
  }

  /** The file to export to. */
  Path file() {
    return file;
  }

  /** Makes the folder of the version. */
  void take() {
    try {
      Files.createDirectories(file.getParent().getParent());
      Files.createDirectory(file.getParent());
    } catch (IOException e) {
      throw failure(file.getParent(), e);
    }
  }

  /** Removes the folder of a version that did not come. */
  void giveBack() {
    try {
      Files.deleteIfExists(file.getParent());
    } catch (IOException e) {
      // It is empty, and its number is not used again.
    }
  }

  /** Writes the configuration for Triton, unless there is one. */
  Path describe() {
    Path config = file.getParent().getParent().resolve("config.pbtxt");
    if (Files.exists(config)) {
      return config;
    }
    String text;
    try (Yolo model = Yolo.load(file)) {
      text = text(model);
    }
    try {
      WholeFile.write(config, part -> Files.writeString(part, text, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw failure(config, e);
    }
    return config;
  }

  /** The tensors of a model as Triton's PyTorch backend names them, without the batch. */
  private String text(Yolo model) {
    ModelInfo info = model.info();
    ImageSize size = info.imgsz();
    List<RawTensor> outputs =
        model.predictRaw(
            RawTensor.of(
                new float[info.channels() * size.height() * size.width()],
                1,
                info.channels(),
                size.height(),
                size.width()));
    StringBuilder text = new StringBuilder();
    text.append("name: \"").append(name).append("\"\nplatform: \"pytorch_libtorch\"\n");
    text.append("max_batch_size: ").append(MAX_BATCH).append('\n');
    long height = info.dynamic() ? -1 : size.height();
    long width = info.dynamic() ? -1 : size.width();
    tensor(text, "input", "images__0", new long[] {1, info.channels(), height, width});
    for (int i = 0; i < outputs.size(); i++) {
      long[] shape = outputs.get(i).shape();
      // With the size of the input the number of its places changes.
      for (int side = 2; side < shape.length && info.dynamic() && !info.nms(); side++) {
        shape[side] = -1;
      }
      tensor(text, "output", "output__" + i, shape);
    }
    text.append("dynamic_batching { max_queue_delay_microseconds: 2000 }\n");
    return text.toString();
  }

  private static void tensor(StringBuilder text, String kind, String name, long[] shape) {
    text.append(kind).append(" [ { name: \"").append(name);
    text.append("\" data_type: TYPE_FP32 dims: [ ");
    for (int side = 1; side < shape.length; side++) {
      text.append(side == 1 ? "" : ", ").append(shape[side]);
    }
    text.append(" ] } ]\n");
  }
}
